import type { Place } from './rule.ts';

/**
 * True for lists that CloudFormation keeps in no order. From AWS's own schemas of resource types (`insertionOrder: false`,
 * as cfn-lint 1.51 has them). test/integration/cloudformation-sets.test.ts holds this to the schemas.
 */
export function isCloudFormationSet({ name, type }: Pick<Place, 'name' | 'type'>): boolean {
  if (!type.startsWith('AWS::')) return false;
  return everywhere.has(name) || (ofTypes.get(name)?.has(type) ?? false);
}

/** Names, spelling folded, that are in no order in every type that has them; those of any provider stand in `collections.ts`. Programs and their arguments are not among them, whatever their schema says. */
const everywhere = new Set(`
  accesscontrolattributes accesspointtags accountdefaultforoperations accounts actiongroups actors actortokenscopes add additionalartifacthashes additionalconfiguration
  additionalemailaddresses additionalmetricstoretainv2 additionalversionweights addons admin adminusers advancedeventselectors aftercontactworkconfigs agentactions
  agentaliashistoryevents agentcollaborators aggregatecolumns aggregationconfigurations aliasconfigurations allocationids allocationresourcetags allowactions
  allowandroidapps allowappleapps allowedaccesscontroltags allowedaccountids allowedadditionalanalyses allowedanalyses allowedanalysisproviders allowedcolumns
  allowedcountries allowedfeatures allowedflowmodules allowedjoinoperators allowedlocations allowedorganizations allowedprefixestodirectconnectgateway
  allowedresourceoauth2returnurls allowedresultreceivers allowedresultregions allowedvpcs allowlist allowreferers allowresources amqpendpoints analysisparameters
  analysisrules appconfigs applicableassettypes applicationlogpaths appliedfor approvedorigins approvedpatches approvers archiverules as2transports assertedcontrols
  assetformsinput assethierarchies assetmodelcompositemodels assetmodelhierarchies assetmodelproperties assetproperties assigncontactcategoryactions associatedclusterids
  associatedmodels associationparameters attachedinstances attachments attributemap attributenames attributevalues audio audiologsettings augmentedmanifests auth
  authenticationproviders authorizedprincipals authproviders autoacceptconfigs autoapprovedchangetypes autorollbackconfiguration autoscalinggroupnamelist
  availabilityzoneaddresses availabilityzonemappings backupvaultevents behaviors bgppeers blockeddates blockedwindows blockingalarms blocklist botaliaslocalesettings
  botaliastags botlocales bottags botversionlocalespecification boundingboxregionsofinterest buckets budgetparameters burnrateconfigurations buttons cachingkeys
  capacityallocationset capacityassignments categorical cells certificatealternativenames certificateauthorityarnlist certificateauthoritycertificates certificateids
  certificatelist cgroupcustomsettings channelids chatbotnotificationchannels checks childassociatedresources childhealthchecks childhoursofoperations
  cidrblockassociations cidrendpointscustomsubdomainnameservers cidrlist cidrlistaliases clientidlist clientids clientsubnets clusterendpoints clusters
  clustersecuritygroups codevulnerabilitydetectorname codevulnerabilitydetectortags codevulnerabilityfilepath cognitoidentityproviders columnmapping
  communicationlimitlist compatiblearchitectures compatibleruntimes complianceresourceids componentid componentplatforms componenttype compositemodelproperties
  computenodegroupconfigurations config configparameters configuredtableassociationanalysisrules connectionauthmodes connectionevents consoleurls consumergroupstoexclude
  consumergroupstoreplicate contactids contactprotocols containerdefinitions containerlogs containerportranges contains contentconfigurations contentdeliveryrules
  contextkeyselectors controlinputparameters cookiesallowlist coveragetimes createcaseactions creatormemberabilities credentialspecs criteria criterialist
  crossaccountconfigurations crossregions3restoresources crossregions3restoresourcesaccess curatedqueries customartifactsconfiguration customdataidentifiers
  customercontactstosendtooci customermanagedpolicyreferences custommlmemberabilities customvocabularyitems dailyhours dailysettings databaseinstallationfiles
  datadestinationconfigs dataextradimensions dataresources daysoftheweek dbclusteridentifiers dbinstanceidentifiers dbsecuritygroupmemberships dbserverids
  defaultpublishauthmodes defaultresourcediscoveryorganizationalunitexclusions defaultsubscribeauthmodes defaultvaluelist deliverystatuslogging desiredshardlevelmetrics
  destinationpackageversions devicecreationtags devicetypes dimensioncolumns directparenttypes directreferringtables disallowedoutputcolumns disks dnsentries dnsresolvers
  dnssearchdomains dockersecurityoptions documentattributeconfigurations documentmetadataconfigurations documents domainentries drop dynamicparameters ebsvolumesizeingib
  ebsvolumetype ec2configuration ec2instanceimageid ec2instancesubnetid ec2instancevpcid ecrimagearchitecture ecrimagehash ecrimagepushedat ecrimageregistry
  ecrimagerepositoryname ecrimagetags edgelocations edges editor elasticgpuspecifications elasticinferenceaccelerators emergencycontactlist emitsystemfielddimensions
  emitsystemfields enabledanalysistypes enabledbrowserextensions enabledmemorytypes enabledregions enabledtypes encryptionconfig endassociatedtasksactions endpointids
  endswith enforcedassetmodelinterfacerelationships engagements enterprisepolicies entities entitiestoredact entityoverrides environmentoverride epssscore errorinfo
  estimatedmonthlysavings evaluators eventbridgeactions eventbuses eventcategorieslist eventdestinations eventselectors eventsources eventsubscriptions
  eventtriggerconditions eventtriggerdimensions eventtriggernames eventvariables excludeapppackagesfromcleanup excludedpages excludemanagementeventsources
  excluderesourcetags excluderisktypes excludevaults exclusionwindows exploitavailable expression extendsfrom externalsecretrotationmetadata extrahosts failurereasons
  favoritepages featuredefinitions features fieldindexpolicies fieldselectors filestoexport filesystemconfigurations filter filterconfiguration filterexpressions
  findingarn findingstatus findingtype firewallrules fixavailable formats frameworkcontrols frameworktags gameproperties gatingcontrols globaltablewitnesses glossaryterms
  groupingattributedefinitions groupset groupweights guardrailpolicies headermatches headersallowlist healthchecktags hiddenapptypes hiddeninstancetypes hiddenmltools
  hiddensagemakerimageversionaliases hierarchyrestrictedresources homedirectorymappings hostedzonetags hoursofoperationoverrides iamroles identities identitypooltags
  idmappingtableinputsource idmappingworkflowproperties idmappingworkflowssupported ignoredexitcodes ikeversions incidenttags includedpages includefields includevaults
  inclusions indexedkeys inferenceaccelerators initialcapacity inputcontexts inputsourceconfig insightselectors inspectorscore instanceconfigs instancedefinitions
  instancefamilies instancegroups instancestorageconfigs instancetypespecifications integratedrepositories integratedresources intents interfacemappings invocationpoints
  ippools joincolumns kafkaclusters kafkaversionslist knowledgebases kubernetesgroups labelset lambdafunctionexecutionrolearn lambdafunctionlastmodifiedat
  lambdafunctionlayers lambdafunctionname lambdafunctionruntime latedatarules lftags lifecyclehookspecificationlist limitsperlabelsets lineitemfilters linkedaccountids
  linkedregions links list listcolumns listenerattributes listoftags listvalue loadbalancerattributes localgatewayvirtualinterfaceids localtimezonedetection
  locationconfigurations logbucketlist logexports loggingconfigurationidentifiers loggingtypes loggrouparnlist logsources logtypemap lookbackperiodindays
  maintenancewindows managedpolicies mandatoryparameters manualassignmentqueueconfigs mappedinputfields matchanyprefix matchanysuffix matchanytag matchingkeys
  matchpatterns matchvaluestringlist mediaconcurrencies mediatypes memberabilities memorystrategies messagegroups messagegroupslist messagetypes metadataextradimensions
  metadataschema methodsettings metricdefinitions metricdestinations metricspecifications metrictransformations mixedmeasuremappings mms moduleconfigurationlist
  monitorarnlist monitors monthlysettings mqttendpoints namenodes namespaces namespacetemplates networkfunctiongroups networkservices nextinvocations nodepools
  noderepairconfigoverrides nonfilterablemetadatakeys notendswith notificationdestinations notificationtargets notificationtriggers notificationtypes notresources
  notstartswith numbercapabilities numerical objectattributes objectfields objecttypekeylist onstartdeephealthchecks openwireendpoints operatingregions operatingsystems
  optionalkeywords optionconfigurations organizationalunitexclusions organizationalunitids organizationunits originationidentities origins outcomealarms outcomes output
  outputconstraints outputcontexts outputsourceconfig overrideconfig parenthoursofoperations parentids parentreadinessscopes partitionnames partitions periods
  permissionlist persistentconnectionconfigs phase1dhgroupnumbers phase1encryptionalgorithms phase1integrityalgorithms phase2dhgroupnumbers phase2encryptionalgorithms
  phase2integrityalgorithms phonenumberconfigs pipelineactivities platforms playerlatencypolicies plugins podidentityassociations policydetails polygonregionsofinterest
  portmappings portrange prefixes primaryvalues privatekeylist privaterouteserverpeerings processinginputs projectprofiles promptconfigurations properties propertygroups
  propertynames providerresources proxyconfigurationproperties publishauthmodes purposes querystringsallowlist queueconfigs rbacrolemappings readinessscopes
  readonlyaccessaccounts recipes recommendedactions recommendedactiontypes recordmatchingmodels recoverypointtypes redactedfields referencedtables regexvalues
  regionalparameters regionstatuses regularcolumns rejectedpatches relatedvulnerabilities relationaldatabaseparameters relationalfilterconfigurations remotenodenetworks
  remotepodnetworks renditions replicaregions replicas replicationinfolist reportplantags requestheaderallowlist requiredclaims requiredproperties requires reset
  resourcearn resourceassociations resourcemappings resourcesreceivingaccess resourcestoadd resourcestoremove resourcetag respondererrormasking restartneeded
  restrictedinstancegroups restrictedperiodlist retrycriterialist revocationcontents rewrites rotationids routedetails routefilterprefixes ruledefinitiontypes
  runtimeconfiguration sampleutterances sandbox scalarfunctions scalingpolicies schemafieldlist schemav2fieldlist secretarnlist segmentdeliveryconfigurations
  segmentoverrides segments selectedanalysismethods sendnotificationactions sendto sendvia serverids servicenames sessionattributes sessionpinningfilters severities
  severity sharedaccounts sharedistribution sharedsegments shiftcoverages signaldecoders signalstocollect signalstofetch siteurls slotpriorities slots slottypes
  slottypevalues slurmcustomsettings slurmdbdcustomsettings sms snapshotarnstorestore snapshotcopyconfigurations sourcecode sourcedataproviderdescriptors
  sourcedatasettings sourceidslist sourcesecuritygroups sourceviews ssmassociations stackinstancesgroup stacknames startswith states statetemplateproperties
  statetemplates statussummaries stepadjustments stompendpoints stoppedactions storage storageconfigurations stringequals stringlike stringnotequals stringnotlike
  structuredlogdestinations submitautoevaluationactions subnetidlist subnetmappings subscribeauthmodes subscription subscriptiontargetconfig
  supplementaldatastoragelocations supportcontainerdefinitions supportedipaddresstypes supportednetworktypes supportedosversions supportedregions suppressedreasons
  systemcontrols tablenames tagkeyboundaries tagrestrictedresources tagvalues targetchecknames targetcontrols targetdataproviderdescriptors targetdomainids
  targetgroupattributes targetinstancetypes targetips targetnames taskactions telemetries telemetrysourcetypes templates testbotaliastags textlogsettings thumbprintlist
  topicstoexclude topicstoreplicate trafficsources transformationconfigurations transformations transformerconfig treatmentweights triggerconditions trustedhostkeys
  truststorerevocations updatecaseactions uris usergroups userids userproficiencies usertokenconfigurations v1 validators valueimportanceitems vendorseverity
  verifiedaccesstrustproviderids verifiedaccesstrustproviders versionaliases video visibleregions visibleservices voice voiceenhancementconfigs volumesfrom vpcconfigs
  vpcconfigurations vpceids vpcendpoints vpcids vpconlytrustedaccounts vpcs vpcsecuritygroupmemberships vpcsubnets vulnerabilityid vulnerabilitysource vulnerablepackages
  weeklysettings weights wirelessdevices wirelessgateways withkeys wssendpoints
`.trim().split(/\s+/));

/** Names that are in no order in these types, and in one in others. */
const ofTypes = new Map(Object.entries({
  acceleratormanufacturers: 'AutoScaling::AutoScalingGroup',
  acceleratornames: 'AutoScaling::AutoScalingGroup',
  acceleratortypes: 'AutoScaling::AutoScalingGroup',
  accessendpoints: 'AppStream::AppBlockBuilder',
  actions: 'ACMPCA::Permission CloudFormation::GuardHook CloudFormation::LambdaHook Connect::View ElasticLoadBalancingV2::ListenerRule IoTAnalytics::Dataset IoTEvents::DetectorModel IoTManagedIntegrations::ManagedThing QuickSight::Folder S3ObjectLambda::AccessPoint',
  additionalartifacts: 'CleanRooms::AnalysisTemplate',
  alarmnames: 'CloudWatch::AlarmMuteRule',
  alarms: 'StepFunctions::StateMachineAlias',
  allowedaudience: 'BedrockAgentCore::Runtime',
  allowedclients: 'BedrockAgentCore::Runtime',
  allowedinstancetypes: 'Lambda::CapacityProvider',
  allowedorigins: 'IVS::PlaybackRestrictionPolicy',
  allowedscopes: 'BedrockAgentCore::Runtime',
  applications: 'Connect::SecurityProfile IoTWireless::WirelessDevice',
  architectures: 'ECR::PublicRepository Lambda::CapacityProvider',
  associations: 'WorkSpaces::ConnectionAlias',
  attributes: 'AppStream::Entitlement CustomerProfiles::CalculatedAttributeDefinition IoTAnalytics::Pipeline IoTEvents::Input',
  attributestodelete: 'AppStream::Application',
  audiences: 'VerifiedPermissions::IdentitySource',
  availabilityzoneids: 'AutoScaling::AutoScalingGroup',
  awsaccountid: 'InspectorV2::Filter',
  bgpconfigurations: 'NetworkManager::ConnectPeer',
  blockdevicemappings: 'AutoScaling::LaunchConfiguration EC2::Instance ImageBuilder::ContainerRecipe ImageBuilder::ImageRecipe',
  cachebehaviors: 'Lightsail::Distribution',
  capacitylimits: 'Batch::ServiceEnvironment',
  capacityproviderstrategy: 'Scheduler::Schedule',
  certificates: 'BedrockAgentCore::BrowserCustom BedrockAgentCore::CodeInterpreterCustom',
  channels: 'MediaLive::ChannelPlacementGroup',
  columnnames: 'CleanRooms::ConfiguredTable LakeFormation::DataCellsFilter LakeFormation::PrincipalPermissions LakeFormation::TagAssociation',
  columns: 'Bedrock::KnowledgeBase CleanRooms::ConfiguredTable IoTAnalytics::Datastore Logs::Transformer',
  complianceresourcetypes: 'Backup::Framework',
  conditions: 'ElasticLoadBalancingV2::ListenerRule ObservabilityAdmin::OrganizationTelemetryRule ObservabilityAdmin::TelemetryRule',
  configurations: 'DataZone::Connection EMRServerless::Application',
  containers: 'Batch::JobDefinition Lightsail::Container',
  cpumanufacturers: 'AutoScaling::AutoScalingGroup',
  credentials: 'EVS::Environment',
  customclaims: 'BedrockAgentCore::Runtime',
  datasources: 'Grafana::Workspace OpenSearchService::Application',
  dependson: 'Batch::JobDefinition CloudFormation::StackSet ECS::DaemonTaskDefinition ECS::TaskDefinition RTBFabric::Link',
  destinations: 'CloudTrail::Channel MediaLive::Multiplex StepFunctions::StateMachine',
  devices: 'Batch::JobDefinition ECS::DaemonTaskDefinition ECS::TaskDefinition GreengrassV2::ComponentVersion',
  dimensionconfigurations: 'SES::ConfigurationSetEventDestination',
  dimensionmappings: 'Timestream::ScheduledQuery',
  dnsservers: 'ECS::TaskDefinition',
  domains: 'Route53GlobalResolver::FirewallDomainList',
  elements: 'FraudDetector::List',
  entitytypes: 'Comprehend::Flywheel FraudDetector::Detector FraudDetector::EventType',
  entries: 'Logs::Transformer',
  env: 'Batch::JobDefinition',
  environment: 'ECS::DaemonTaskDefinition ECS::TaskDefinition Lightsail::Container',
  environmentvariables: 'DeviceFarm::Project',
  eq: 'AccessAnalyzer::Analyzer',
  equals: 'CloudTrail::EventDataStore CloudTrail::Trail ObservabilityAdmin::OrganizationTelemetryRule ObservabilityAdmin::TelemetryRule',
  evaluateonexit: 'Batch::JobDefinition',
  eventcategories: 'CloudTrail::Trail Redshift::EventSubscription',
  exclude: 'CloudFormation::GuardHook CloudFormation::LambdaHook S3::StorageLens',
  excludedcolumnnames: 'LakeFormation::DataCellsFilter LakeFormation::PrincipalPermissions',
  excludedinstancetypes: 'Lambda::CapacityProvider',
  excludes: 'DataSync::Task',
  exclusionfilters: 'Bedrock::DataSource',
  featuretypes: 'Comprehend::DocumentClassifier',
  fields: 'Cassandra::Type CustomerProfiles::ObjectType S3Tables::Table',
  filters: 'BedrockAgentCore::OnlineEvaluationConfig IoTAnalytics::Dataset ObservabilityAdmin::OrganizationTelemetryRule ObservabilityAdmin::TelemetryRule',
  firstobservedat: 'InspectorV2::Filter',
  functions: 'AppSync::Resolver Bedrock::Agent',
  globalsecondaryindexes: 'DynamoDB::GlobalTable',
  identifierfieldids: 'S3Tables::Table',
  imagepullsecrets: 'Batch::JobDefinition',
  include: 'CloudFormation::GuardHook CloudFormation::LambdaHook S3::StorageLens',
  includes: 'DataSync::Task',
  inclusionfilters: 'Bedrock::DataSource',
  inclusionprefixes: 'Bedrock::DataSource',
  ingestendpointurls: 'OSIS::Pipeline',
  initcontainers: 'Batch::JobDefinition',
  inlineconfigurations: 'QBusiness::DataSource',
  inputs: 'KinesisAnalyticsV2::Application MediaLive::SdiSource',
  instancegenerations: 'AutoScaling::AutoScalingGroup',
  ipv4addresses: 'ODB::OdbNetwork',
  ipv4prefixes: 'EC2::NetworkInterface',
  ipv6addresses: 'EC2::Instance EC2::NetworkInterface Lightsail::Instance',
  ipv6prefixes: 'EC2::NetworkInterface',
  items: 'CloudFront::ResponseHeadersPolicy',
  keys: 'CustomerProfiles::ObjectType',
  lastobservedat: 'InspectorV2::Filter',
  levelconfigurations: 'Bedrock::DataSource',
  licensespecifications: 'EC2::Instance',
  localsecondaryindexes: 'DynamoDB::GlobalTable',
  localstoragetypes: 'AutoScaling::AutoScalingGroup',
  locations: 'GameLift::ContainerFleet GameLift::Fleet Route53::CidrCollection',
  logdestinationconfigs: 'NetworkFirewall::LoggingConfiguration',
  loggroups: 'SecurityAgent::AgentSpace',
  methods: 'RefactorSpaces::Route',
  metricdataqueries: 'ApplicationAutoScaling::ScalingPolicy AutoScaling::ScalingPolicy',
  metricgroups: 'GameLift::ContainerFleet',
  metrics: 'ApplicationAutoScaling::ScalingPolicy AutoScaling::AutoScalingGroup AutoScaling::ScalingPolicy',
  mountoptions: 'Batch::JobDefinition ECS::DaemonTaskDefinition ECS::TaskDefinition',
  mountpoints: 'Batch::JobDefinition GameLift::ContainerGroupDefinition',
  multimeasureattributemappings: 'Timestream::ScheduledQuery',
  neq: 'AccessAnalyzer::Analyzer',
  networkinterfaces: 'EC2::Instance IoTFleetWise::DecoderManifest QuickSight::VPCConnection Redshift::EndpointAccess RedshiftServerless::Workgroup S3Outposts::Endpoint',
  networkprotocol: 'InspectorV2::Filter',
  noderangeproperties: 'Batch::JobDefinition',
  nodes: 'IoTFleetWise::ModelManifest IoTFleetWise::SignalCatalog MediaLive::ChannelPlacementGroup',
  nonkeyattributes: 'DynamoDB::GlobalTable',
  notequals: 'CloudTrail::EventDataStore CloudTrail::Trail ObservabilityAdmin::OrganizationTelemetryRule ObservabilityAdmin::TelemetryRule',
  numbers: 'IoT::SecurityProfile',
  optionsettings: 'RDS::OptionGroup',
  organizationalunits: 'Grafana::Workspace',
  outputs: 'MediaTailor::Channel SageMaker::ProcessingJob',
  overrides: 'Batch::ComputeEnvironment',
  parameteroverrides: 'CloudFormation::StackSet',
  permissionswithgrantoption: 'LakeFormation::PrincipalPermissions',
  pipelineparameterlist: 'Scheduler::Schedule',
  placementconstraints: 'ECS::TaskDefinition Scheduler::Schedule',
  placementstrategy: 'Scheduler::Schedule',
  policies: 'IAM::Group IAM::Role IAM::User MPA::ApprovalTeam',
  portranges: 'EC2::VerifiedAccessEndpoint VpcLattice::ResourceConfiguration',
  ports: 'IoT::SecurityProfile Lightsail::Container Lightsail::Instance',
  privatednsspecifieddomains: 'VpcLattice::ServiceNetworkVpcAssociation',
  protocols: 'Route53Resolver::ResolverEndpoint Transfer::Server',
  queues: 'SQS::QueuePolicy',
  recipients: 'Connect::Notification',
  recordcolumns: 'KinesisAnalyticsV2::Application',
  region: 'ComputeOptimizer::AutomationRule',
  regionlist: 'Cassandra::Keyspace',
  regions: 'Backup::ReportPlan CloudFormation::StackSet ImageBuilder::LifecyclePolicy ObservabilityAdmin::OrganizationCentralizationRule ObservabilityAdmin::OrganizationTelemetryRule ObservabilityAdmin::TelemetryRule Route53::HealthCheck S3::StorageLens SSMIncidents::ReplicationSet SecurityHub::FindingAggregator SecurityLake::DataLake',
  repositoryfilters: 'ECR::RegistryScanningConfiguration ECR::SigningConfiguration',
  resourceid: 'InspectorV2::Filter',
  resourcerequirements: 'Batch::JobDefinition ECS::TaskDefinition',
  resources: 'Backup::BackupSelection BedrockAgentCore::Memory EKS::Cluster FMS::ResourceSet InternetMonitor::Monitor Route53RecoveryReadiness::ResourceSet',
  resourcetags: 'AccessAnalyzer::Analyzer CE::AnomalyMonitor CE::AnomalySubscription ECR::RepositoryCreationTemplate InspectorV2::Filter Rbin::Rule',
  resourcetype: 'InspectorV2::Filter',
  resourcetypes: 'AccessAnalyzer::Analyzer Oam::Link',
  routingconfiguration: 'Bedrock::AgentAlias StepFunctions::StateMachineAlias',
  rules: 'Bedrock::AutomatedReasoningPolicy Cognito::IdentityPoolRoleAttachment DeviceFarm::DevicePool ECR::RegistryScanningConfiguration ECR::SigningConfiguration EntityResolution::IdMappingWorkflow EntityResolution::IdNamespace EntityResolution::MatchingWorkflow FraudDetector::Detector S3Outposts::Bucket',
  s3buckets: 'SecurityAgent::AgentSpace',
  schema: 'Omics::AnnotationStore',
  secondarygids: 'Transfer::User',
  secretoptions: 'Batch::JobDefinition ECS::DaemonTaskDefinition ECS::Service ECS::TaskDefinition',
  secrets: 'Batch::JobDefinition ECS::DaemonTaskDefinition ECS::TaskDefinition',
  securitygroupidlist: 'DataZone::Connection',
  seedurls: 'Bedrock::DataSource',
  servercertificates: 'NetworkFirewall::TLSInspectionConfiguration',
  sourceids: 'Neptune::EventSubscription RDS::EventSubscription Redshift::EventSubscription',
  sources: 'RAM::ResourceShare RoboMaker::RobotApplication RoboMaker::SimulationApplication',
  sshpublickeys: 'Transfer::User',
  stages: 'SSMContacts::Plan',
  statusreasons: 'BedrockAgentCore::Policy BedrockAgentCore::PolicyEngine',
  stopsequences: 'Bedrock::Agent',
  stringlist: 'Connect::PredefinedAttribute',
  strings: 'IoT::SecurityProfile',
  stringvalues: 'IoT::Dimension',
  subscribers: 'CE::AnomalySubscription',
  synonyms: 'Lex::Bot',
  tables: 'Bedrock::KnowledgeBase',
  tagspecifications: 'EC2::CapacityReservation EC2::CapacityReservationFleet',
  targetgroups: 'ElasticLoadBalancingV2::ListenerRule VpcLattice::Listener VpcLattice::Rule',
  targetids: 'Organizations::Policy',
  targets: 'ElasticLoadBalancingV2::TargetGroup Events::Rule SSMContacts::Plan VpcLattice::TargetGroup',
  taskproperties: 'Batch::JobDefinition',
  title: 'InspectorV2::Filter',
  tmpfs: 'Batch::JobDefinition ECS::DaemonTaskDefinition ECS::TaskDefinition',
  transitions: 'SecurityLake::DataLake',
  triggers: 'IoTAnalytics::Dataset',
  types: 'Bedrock::AutomatedReasoningPolicy',
  ulimits: 'Batch::JobDefinition ECS::DaemonTaskDefinition ECS::TaskDefinition',
  updatedat: 'InspectorV2::Filter',
  userparameters: 'DataZone::Environment DataZone::EnvironmentProfile',
  validateforcomputeenvironments: 'DataZone::Connection',
  validations: 'Bedrock::Flow',
  value: 'ConnectCampaignsV2::Campaign ControlTower::EnabledControl EC2::Instance EMRServerless::Application',
  values: 'Bedrock::AutomatedReasoningPolicy BillingConductor::CustomLineItem CloudTrail::Trail ComputeOptimizer::AutomationRule Connect::DataTableAttribute Connect::DataTableRecord CustomerProfiles::EventTrigger CustomerProfiles::SegmentDefinition IoT::FleetMetric Lex::Bot RTBFabric::Link SSM::Document',
  variables: 'Bedrock::AutomatedReasoningPolicy IoTAnalytics::Dataset IoTSiteWise::AssetModel',
  variations: 'Lex::Bot',
  volumemounts: 'Batch::JobDefinition',
  vpcsecuritygroups: 'DMS::InstanceProfile Redshift::EndpointAccess',
}).map(([name, types]) => [name, new Set(types.split(' ').map((type) => `AWS::${type}`))]));
