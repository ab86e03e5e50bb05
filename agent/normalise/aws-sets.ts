import type { Place } from './rule.ts';

/**
 * True for what the AWS provider keeps as a set. From its own schema (`terraform providers schema -json`, hashicorp/aws
 * 5.100): sets and blocks that nest as sets. test/integration/aws-sets.test.ts holds this to the schema.
 */
export function isAwsSet({ name, types }: Pick<Place, 'name' | 'types'>): boolean {
  if (!types.some((type) => type.startsWith('aws_'))) return false;
  return everywhere.has(name) || (ofTypes.get(name)?.some((type) => types.includes(type)) ?? false);
}

/** Names, spelling folded, that are a set in every type that has them; those that are one with any provider stand in `collections.ts`. */
const everywhere = new Set(`
  acceleratormanufacturers acceleratornames acceleratortypes accessendpoint accessendpoints account accountswithprovisionedrestoreaccess accountswithrestoreaccess
  actionpoint activatedrule addheaderaction additionalartifacts additionalbootstrapservers additionalcoderepositories additionalschemaelements additionalstatistics
  addressallocationids admins adminuserlist advancedbackupsetting alarmnames aliasattributes allowedcolumns allowedfeatures allowedfirstauthfactors allowedinstancetypes
  allowedoperations allowedprefixes allowedprincipals allsettings apistages applications appliedfor approvedpatches artifactstore as2transports asset
  attributesrequireverificationbeforeupdate audience audiodescriptionnames audiodescriptions augmentedmanifests auth authenticationoptions authorizationscopes
  autobranchcreationpatterns autoverifiedattributes awsaccountid awsaccountname awsaccounts awsserviceaccessprincipals awsservices backend backupvaultevents
  baseendpointdnsnames basepolicyregions basicauthentication bgptransitgatewayaddresses blockdevicemapping blockediprangelist bounceaction bytematchtuples cachebehavior
  cachekeyparameters cachingkeys calculatedfields callingregions captiondescriptionnames captionlanguagemappings certificate certificateids certificatevalidationrecords
  channelmappings chatchannel childhealthchecks cidrallowlist cidrlistaliases classifies clientconfigurations clientidlist clientlist clientsubnets cloudwatchalarm
  cloudwatchdashboardnames cloudwatchdestination cloudwatchlogs cloudwatchmetric clustermembers coderepository codevulnerabilitydetectorname
  codevulnerabilitydetectortags codevulnerabilityfilepath cognitoidentityproviders column companyname compatiblearchitectures compatibleruntimes
  complianceassociatedstandardsid complianceresourceids complianceresourcetypes compliancesecuritycontrolid compliancestatus componentid componenttype computelimits
  conditionalforwarderipaddrs confidence config configparameter connectionevents connectips connector constraints consumergroupstoexclude consumergroupstoreplicate
  containertags control controlmappingsources controls controlsets cookiesallowlist copyaction costfilter cpumanufacturers createdat credentials criterion criticality
  crossregioncopy crossregioncopyrule csvcontenttypes customaction customerdnsips customerrorresponse customfield customresponsebody datarepositoryassociation
  datarepositoryassociationids datarepositorysubdirectories datasourceids dbsecuritygroupmemberships debuglogdeliveryaccounts defaultcapacityproviderstrategy
  definitions deleteoptions deltatables description desireddeliverymediums destinationport dimension disabledcontrolidentifiers distribution dnsresolvers
  documentmetadataconfigurationupdates domaincontrollers domainvalidationoptions domainvalidationrecords dynamodb dynamodbv2 ebsconfig ebsvolume ec2inboundpermission
  ec2instanceimageid ec2instancesubnetid ec2instancevpcid ec2tagfilter ec2tagset ecrimagearchitecture ecrimagehash ecrimagepushedat ecrimageregistry
  ecrimagerepositoryname ecrimagetags elasticsearch elbinfo embedhostdomains enablecloudwatchlogsexports enabledanalysistypes enabledcontrolidentifiers enabledfeatures
  enabledpolicytypes endpointconfiguration engagements entitytypes entry entrypointarguments enumerationvalue env epssscore eqexactmatch evaluationmode evaluationrules
  eventcategories eventclasses eventfilter eventsubscription eventtypeids exact excludeapppackagesfromcleanup excludedaccounts excludedinstancetypes excludedmembers
  excludedpages excludefilter excludelist excludemanagementeventsources excludevaults exclusionfilters exclusionpatterns exploitavailable externaldatafilteringallowlist
  failovercondition failurecodes failurestrings failurevalues faqids fastlaunchconfiguration favoritepages features field fieldfolders fields fieldselector fieldtomatch
  filesystemlocations filtergroup findingarn findingproviderfieldsconfidence findingproviderfieldscriticality findingproviderfieldsrelatedfindingsid
  findingproviderfieldsrelatedfindingsproductarn findingproviderfieldsseveritylabel findingproviderfieldsseverityoriginal findingproviderfieldstypes findingstatus
  findingtype firehose firstentry firstobservedat fixavailable flags formats formsinput functionassociation functionresponsetypes generatorid geomatchconstraint
  globalclustermembers globalnodegroups glueips grant grantcreationtokens group grpcretryevents headerlist headersallowlist hiddenapptypes hiddeninstancetypes
  hiddenmltools httpretryevents hubsearchkeywords iamroles id identitysources ignorewords imageuris includedpages includeexecutiondata includefilter
  includeinferenceresponsein includelist includemetric includevaults inclusionfilters inclusionpatterns inclusionprefixes indexfield inferenceaccelerator
  ingestendpointurls initialcapacity initiallifecyclehook inlineconfigurations inlinepolicy inputattachments inputchannellevels inputdevices inputparameter insertheader
  insightselector inspectorscore instancedefinition instancegenerations instanceports instancetype instancetypeconfigs invaliduserlist iotanalytics iotevents ipaddress
  ipsetdescriptor ipsetdescriptors ipsetreferences ipv4addresses ipv4prefixes ipv6prefixes isa jsoncontenttypes kafka kafkaversions keypairids keyprefixes
  keyvaluestoreassociations keyword kinesis kubernetesgroups lambda lambdaaction lambdafunctionassociation lambdafunctionexecutionrolearn lambdafunctionlastmodifiedat
  lambdafunctionlayers lambdafunctionname lambdafunctionruntime lastentry lastobservedat launchspecification launchtemplateconfiguration licensespecification
  liststepsstates loadbalancer localstoragetypes locations logconfiguration logdestinationconfig logdestinationconfigs logexports logicaltablemap logsettings
  lustreconfiguration maintenanceschedule malwarename malwarepath malwarestate malwaretype managedfield masks matchingrules matchingtypes matchoptions
  mediaconcurrencies mediaconnectflows mediapackagesettings memberclusters messagetypes metadataconfiguration metricnames metricquery metrics mfasettinglist monitor
  namedshadownames namenode namespaces networkdestinationdomain networkdestinationipv4 networkdestinationipv6 networkdestinationport networkdirection networkprotocol
  networkservices networksourcedomain networksourceipv4 networksourceipv6 networksourcemac networksourceport nodepools noncurrentversiontransition nosquashnids notetext
  noteupdatedat noteupdatedby notification notifications notificationsettings notificationtarget notresources numbercapabilities objectprefixes
  onpremisesinstancetagfilter operatingregions operatingsystems operations optionalfields optionsettings or organizationalunitdistinguishednames organizationalunitids
  organizationunits orgunit origin origingroup overrides parameterdeclarations parameterobject parametervalue passwords paths permission permissionswithgrantoption
  physicaltablemap pipelineobject pipelineparameterlist placementconstraints plannedlimit platformcapabilities plugin podidentityassociation policyattribute
  policydetail policynames portinfo portoverride ports portsets predicate predicates privateips processlaunchedat processname processparentpid processpath processpid
  processterminatedat productarn productfields productname promptattemptsspecification promptconfigurations propagatingvgws propertygroup publickeys queryparameter
  querystringsallowedlist queueconfigs quickconnectids radiusservers readattributes readonlyadmins recipe recipients recommendationtext recordstate recoverymechanism
  recoverypointtypes regexmatchtuple regexpatternstrings region regionlist regularexpression rejectedpatches relatedfindings relatedfindingsid relatedfindingsproductarn
  relatedvulnerabilities republish requestparameter resourceapplicationarn resourceapplicationname resourceawsec2instanceiaminstanceprofilearn
  resourceawsec2instanceimageid resourceawsec2instanceipv4addresses resourceawsec2instanceipv6addresses resourceawsec2instancekeyname resourceawsec2instancelaunchedat
  resourceawsec2instancesubnetid resourceawsec2instancetype resourceawsec2instancevpcid resourceawsiamaccesskeycreatedat resourceawsiamaccesskeystatus
  resourceawsiamaccesskeyusername resourceawss3bucketownerid resourceawss3bucketownername resourcecontainerimageid resourcecontainerimagename
  resourcecontainerlaunchedat resourcecontainername resourcedetailsother resourceid resourcekeyvaluepair resourcepartition resourcerecordset resourceregion
  resourcesetids resourcetag resourcetype resourcetypesscope resourceuris responseheader responseparameters rolemapping rolesall rootblockdevice routefilterprefixes
  routesettings rulelabel ruleoption rulevariables s3action scalinginstruction searchableattributes secondaryallocationids secondaryartifacts secondarygids
  secondaryprivateips secondarysources secondarysourceversion secretarnlist securitygroupidlist securitygroupsids securityprofileids selectiontag selector
  sessionpinningfilters severities severitylabel shardlevelmetrics shards sharedistribution sitemaps siteurls sizeconstraints skippediprangelist slot slotspecification
  snapshotowner snsaction sourceaccessconfiguration sourcedetail sourceids sourceport sources sourceurl specifiedregions splitchargerule sqlinjectionmatchtuple
  sqlinjectionmatchtuples sqls sqs ssmparameterconfiguration startafter statefuldefaultactions statefulrulegroupreference statelesscustomaction statelessdefaultactions
  statelessfragmentdefaultactions statelessrule statelessrulegroupreference staticcolumn staticmembers statisticsconfiguration statuscodes stepadjustment stepfunctions
  stopaction stopcondition storageconnectors streamingnotificationtargets stringlike stringlistvalue stringnotlike structuredlogdestinations subdomain
  subnetconfiguration subnetmapping subscriber subscriberemailaddresses successcodes successstrings successvalues supportedipaddresstypes supportednetworktypes
  supportedosversions supportedregions suspendedprocesses syncstates systempackages tagfilter targetaccountids targetaccounts targetapplications targetgrant
  targetgroupinfo targetids targetip targettrackingconfiguration targettypes targetvisuals task taskkeywords tcpflag tcpretryevents telemetries texttransformation
  threatintelindicatorcategory threatintelindicatorlastobservedat threatintelindicatorsource threatintelindicatorsourceurl threatintelindicatortype
  threatintelindicatorvalue throttle tickerplantlogvolumes tiering timestream title tokendomains topicstoexclude topicstoreplicate tracks trafficsource
  transformationconfiguration transition triggerconfiguration triggerevents triggertypes trustedhostkeys tunnel1ikeversions tunnel1phase1dhgroupnumbers
  tunnel1phase1encryptionalgorithms tunnel1phase1integrityalgorithms tunnel1phase2dhgroupnumbers tunnel1phase2encryptionalgorithms tunnel1phase2integrityalgorithms
  tunnel2ikeversions tunnel2phase1dhgroupnumbers tunnel2phase1encryptionalgorithms tunnel2phase1integrityalgorithms tunnel2phase2dhgroupnumbers
  tunnel2phase2encryptionalgorithms tunnel2phase2integrityalgorithms type updatedat urlexclusionpatterns urlinclusionpatterns user userandgroupquotas userdefinedfields
  userdefinedvalues usergroups userids usernameattributes usernames usersettings validationoption validationrecordfqdns validuserlist variations vendorseverity
  verificationstate versionstages vgwtelemetry videowatermarks visualids vpceids vpcendpointids vpcids vpclatticeconfigurations vpconlytrustedaccounts
  vpcsecuritygroupmemberships vpcsubnets vulnerabilityid vulnerabilitysource vulnerablepackages weightedtarget whitelistednames whitelistrules workflowstatus
  workmailaction writeattributes xssmatchtuple xssmatchtuples
`.trim().split(/\s+/));

/** Names that are a set in these types and a list in others. */
const ofTypes = new Map(Object.entries({
  accounts: 'backup_report_plan cloudformation_stack_instances cloudformation_stack_set_instance securitylake_aws_log_source',
  action: 'appconfig_extension fis_experiment_template',
  actions: 'acmpca_permission networkfirewall_rule_group quicksight_data_set quicksight_data_source quicksight_folder quicksight_theme s3control_object_lambda_access_point securityhub_automation_rule',
  addresses: 'wafv2_ip_set',
  alarms: 'codedeploy_deployment_group sagemaker_endpoint',
  allowedheaders: 's3_bucket_cors_configuration',
  allowedorigins: 's3_bucket_cors_configuration',
  amis: 'imagebuilder_image',
  and: 'ce_anomaly_subscription ce_cost_category',
  architectures: 'ecrpublic_repository',
  attachment: 'network_interface',
  autoscalinggroups: 'codedeploy_deployment_group',
  buckets: 's3control_storage_lens_configuration',
  capacityproviderstrategy: 'cloudwatch_event_target ecs_service ecs_task_set scheduler_schedule',
  clusters: 'dsql_cluster dsql_cluster_peering',
  columnnames: 'lakeformation_data_cells_filter lakeformation_opt_in lakeformation_permissions lakeformation_resource_lf_tag lakeformation_resource_lf_tags',
  condition: 'alb_listener_rule backup_selection lb_listener_rule wafv2_web_acl_logging_configuration',
  configuration: 'resourcegroups_group',
  configurations: 'emr_cluster emr_instance_fleet',
  container: 'lightsail_container_service_deployment_version',
  containers: 'imagebuilder_image',
  coordinates: 'route53_record',
  corsrule: 's3_bucket_cors_configuration',
  dbpaths: 'finspace_kx_cluster',
  definition: 'networkfirewall_firewall_policy networkfirewall_rule_group',
  destination: 'networkfirewall_rule_group',
  destinationconfiguration: 'globalaccelerator_custom_routing_endpoint_group',
  destinations: 'medialive_channel medialive_input',
  dnsips: 'fsx_file_cache fsx_ontap_storage_virtual_machine fsx_windows_file_system',
  domains: 'route53_resolver_firewall_domain_list',
  environment: 'opsworks_application',
  eq: 'macie2_findings_filter',
  excludedcolumnnames: 'lakeformation_opt_in lakeformation_permissions lakeformation_resource_lf_tag lakeformation_resource_lf_tags',
  expression: 'lakeformation_permissions',
  filter: 'accessanalyzer_archive_rule codepipeline_webhook lambda_event_source_mapping wafv2_web_acl_logging_configuration',
  header: 'appmesh_gateway_route appmesh_route',
  http: 'iot_topic_rule',
  instances: 'elb',
  intent: 'lex_bot',
  ipsets: 'networkfirewall_rule_group',
  ipv6addresses: 'launch_template network_interface',
  items: 'cloudfront_cache_policy cloudfront_continuous_deployment_policy cloudfront_field_level_encryption_config cloudfront_field_level_encryption_profile cloudfront_key_group cloudfront_origin_request_policy cloudfront_response_headers_policy cloudfront_vpc_origin',
  keys: 'dataexchange_revision_assets',
  keywords: 'macie2_custom_data_identifier',
  launchtemplateconfig: 'spot_fleet_request',
  lftag: 'lakeformation_resource_lf_tags',
  listener: 'elb',
  logdeliveryconfiguration: 'elasticache_cluster elasticache_replication_group',
  logpublishingoptions: 'elasticsearch_domain opensearch_domain',
  member: 'cleanrooms_collaboration',
  message: 'lex_bot lex_intent',
  metadata: 'appmesh_route',
  nameservers: 'verifiedaccess_instance',
  neq: 'macie2_findings_filter',
  networkinterface: 'instance spot_instance_request',
  networkinterfaces: 's3outposts_endpoint',
  nfs: 'fsx_file_cache',
  nodes: 'memorydb_cluster',
  originsslprotocols: 'cloudfront_distribution',
  output: 'kinesisanalyticsv2_application',
  outputs: 'kinesis_analytics_application servicecatalog_provisioned_product',
  pipelineparameter: 'scheduler_schedule',
  placementconstraint: 'cloudwatch_event_target',
  placementstrategy: 'scheduler_schedule',
  portrange: 'globalaccelerator_custom_routing_listener globalaccelerator_listener inspector2_filter verifiedaccess_endpoint',
  portranges: 'vpclattice_resource_configuration',
  protocols: 'globalaccelerator_custom_routing_endpoint_group networkfirewall_rule_group networkfirewall_tls_inspection_configuration route53_resolver_endpoint transfer_server',
  querystring: 'alb_listener_rule lb_listener_rule',
  regions: 'backup_report_plan cloudformation_stack_instances notifications_event_rule route53_health_check s3control_storage_lens_configuration securitylake_aws_log_source securitylake_data_lake',
  repositoryfilter: 'ecr_registry_scanning_configuration',
  resource: 'globalaccelerator_cross_account_attachment',
  resources: 'backup_selection eks_cluster internetmonitor_monitor pipes_pipe',
  resourcetags: 'inspector2_filter rbin_rule securityhub_automation_rule securityhub_insight',
  resourcetypelist: 'fms_policy',
  resourcetypes: 'config_configuration_recorder inspector2_enabler oam_link',
  rule: 'backup_plan devicefarm_device_pool ecr_registry_scanning_configuration s3_bucket_server_side_encryption_configuration s3control_bucket_lifecycle_configuration wafregional_web_acl wafv2_rule_group wafv2_web_acl',
  rules: 's3_bucket waf_web_acl workspaces_ip_group',
  s3: 'iot_topic_rule',
  schema: 'cognito_user_pool',
  scope: 'cognito_resource_server',
  seedurls: 'kendra_data_source',
  settings: 'medialive_channel networkfirewall_rule_group',
  severity: 'inspector2_filter',
  sharedaccounts: 'db_cluster_snapshot db_snapshot db_snapshot_copy rds_cluster_snapshot_copy',
  sns: 'iot_topic_rule',
  source: 'networkfirewall_rule_group securitylake_subscriber ssoadmin_instance_access_control_attributes',
  status: 'codebuild_fleet',
  stringequals: 'backup_selection',
  stringnotequals: 'backup_selection',
  suppressedreasons: 'sesv2_account_suppression_attributes',
  synonyms: 'lex_slot_type',
  target: 'codestarnotifications_notification_rule fis_experiment_template',
  targetgroup: 'alb_listener alb_listener_rule lb_listener lb_listener_rule',
  targets: 'ce_cost_category networkfirewall_rule_group',
  trigger: 'codecommit_trigger',
  triggers: 'autoscaling_group',
  validator: 'appconfig_configuration_profile',
  value: 'ssoadmin_instance_access_control_attributes',
  values: 'alb_listener_rule autoscalingplans_scaling_plan ce_anomaly_subscription fis_experiment_template lakeformation_lf_tag lakeformation_permissions lb_listener_rule ssmincidents_response_plan',
  vpc: 'route53_zone',
  workflow: 'imagebuilder_image',
}).map(([name, types]) => [name, types.split(' ').map((type) => `aws_${type}`)]));
