import type { Family } from '../family.ts';

/** More services, which do not say how their keys look, or give them no form of their own: a field that bears the name tells them. */
export const servicesByName: Family = {
  name: 'service-by-name',
  title: 'Keys of services that do not say how their keys look',
  source: 'https://github.com/public-apis/public-apis',
  words: `
    aamarpay abbyy accelo accredible acquia actblue activecampaign activitypub adalo addevent addtoany adroll aerisweather affinda africastalking agencyzoom
    agilebits ahrefs aimlapi airbyte aircall airparser airslate airtm alchemer algorithmia alibabacloud allegro alteryx alwaysdata amberdata amocrm amplenote
    anedot angellist animaker anticaptcha apaleo apexlegends apiary apininja apininjas apipedia apispreadsheets apitable apiverve apivoid appdynamics
    appfigures applovin appsflyer appsignal appsmith appveyor aqicn aquasec arcgis archbee arize armory asindataapi askyourpdf assembla atlanticnet audible
    audiomack auditboard aurinko authelia authorizenet authy avalara avalon aviationedge aweber axonator backendless badgr balena bandsintown barcodelookup
    baserow basiq batchdata bazaarvoice beaconchain beanstream bettercloud betterment betterproposals bexio bigdatacloud bigpanda billbee billplz billsby
    bingmaps binlist bitcoincharts biteship bitgo bitpay bitquery bitrise bitrix bitso bitstamp bitvavo blackbaud blackfire blackline blockchair blockcypher
    bloomreach blueprism bluesky bluesnap boldsign bonusly bookeo bookingcom botpress bounceify bouncify bpost brainfish brainly brandfolder brandmentions
    braze breezometer breezyhr brightcove brightdata brightpearl browserless browserling buildium builtwith bullhorn burstsms buttondown buymeacoffee bynder
    cafebazaar calendarhero callfire callhub canopytax canto capsolver captchaai carbone carbonfootprint cardconnect cardknox cargowise carsxe cashapp cassidy
    catchpoint certn chainalysis chainstack channeladvisor chargedesk chargeover chargify chatbase chatlio chatra chatsonnet chattermill chatwoot checkhq
    checkmarx cheddar cheqroom chilipiper chorus churnkey churnzero cinchshare cincopa ciscomeraki ciscospark civicrm clarisights classmarker cleanshot
    clearout clearpath clearscope cleverreach clevertap clickatell clickbank clickfunnels clicktime cliniko clockodo cloud66 cloudamqp cloudbees cloudcart
    cloudconformity cloudcraft clouddns cloudhealth cloudinsight cloudlayer cloudmailin cloudmqtt cloudns cloudphysics cloudquery cloudsigma cloudzero
    codesandbox codescene codeship cognism cognitoforms coincap coindesk coingate coingecko coinglass coinmarketcap coinpaprika coinranking coinspaid coinspot
    collibra columncom commercetools compaas companieshouse companycam confection connectwise consensys contentdrips contently contentsquare contentstudio
    contractbook convertbox convertflow convertio conveyour copyleaks corelogic cornerstone cosmicjs coupa courtlistener covalent coveo craftcms credly criteo
    cronitor cronofy crowdin crunchbase cryptlex crypto cryptoapis cryptopanic cumulio currencyapi curseforge customerly cyberark cybersource cyclr dadata
    daktela dapulse darksky datadome dataforseo datagma dataiku datajam datamuse datarobot datatruck dataweave dealcloud deathbycaptcha debitoor decentro
    deezer deftship delhivery deliverect deliveroo demandbase dendron dependabot descope deskera deskpro detrack devrev dialogflow dicebear diffchecker
    digicert digioh digistore24 digitalsamba directus discogs discourse diversityhub dnsimple dnsmadeeasy docebo docraptor docsend docspring documenso
    documentcloud docuseal docuware dodopayments domaintools donorbox doordash doppel dotcms dotmailer doubleclick dovecot drchrono dreamhost dreamstudio
    dremio dropboxsign dropcontact dropmark duolingo duosecurity duoskey dutchie dynadot dynamicweb easybill easycron easyship easyverein ecwid edgeimpulse
    edgio educative eightfold elasticpath elluciann eloomi emailable emailhippo emaillistverify emailverify emarsys embedly emsisoft engagebay engagio
    enormail envato enverus eodhd eodhistoricaldata epicgames equifax ercot esignatures eskimi eskiz etermin ethermine etleap eventzilla everbridge everflow
    evernote eversign everwebinar exactonline exchangeratesapi exercisedb exotel expensify exponea extensiv faceit factset faktory faqbot fastbill fastspring
    fatsecret fatture fattureincloud favro fedex feedbin fetchai fieldpulse filebase filecoin filemaker fillfaster filloutforms finanzonline fingerprintjs
    finhub finmei finmodelprep fireberry fireflies firstpromoter fiscalai fitbit fivetran flagship flagsmith flashduty flatfile fleetio flespi flexera flippa
    flodesk florence flowise flowroute fluentcrm fluidpay flutterflow fogbugz folderit followupboss forager forcepoint forestadmin formaloo formassembly
    formcarry formspark formspree formstack foxycart freeagent freeagentcentral freecurrencyapi freeimage freepik freescout freshcaller freshchat freshrelease
    freshteam frontapp fugle fulfil fullenrich funnelcockpit funraise fusionauth gainsight gamify gandi garmin gatekeeper gatsby gcore geekbot gemfury
    genderize generatebanners genesys getaccept getambassador getblock getsentry getstream gettyimages ghostinspector giantbomb gigya giphy gitbucket
    gitkraken givebutter gladly glassdoor globalping gloof gmailapi gnews goacoustic gocharting godial gofile goftino gohighlevel goldapi golioth goodreads
    googlemaps googleplaces gorgias gotenberg gotify gotomeeting gotowebinar govee gptzero grabpay graphcdn gravitee greenapi greip greynoise grist grooveapp
    growsurf growthzone gsmtasks gtranslate guesty guidde gupshup gurufocus hackerone hackerrank hackmd hackthebox handwrytten haravan hardcover hashnode
    haveibeenpwned healthie heartland helpjuice helponclick helpspot herocoders heygen heymarket heyreach heyzine hibob highlevel highspot hikvision hireez
    hitbtc hivebrite holded homeassistant homebase honeycommb hootsuite hopin hostaway hostinger hotelbeds hoteltonight hottaskr housecallpro httpsms
    hubplanner hubstaff hunterio hybridanalysis hygraph hyperbolic hyperline hyros icecat icontact icypeas idealpostcodes idenfy ideogram ifttt ilovepdf imgbb
    imgix imgur immich immuta inbenta indexnow indiegogo infakt inflowinventory informatica inoreader insided instacart instaguard instana instantly insurgrid
    integrately intellexer intellihr intelx intigriti invoicely invoiceninja invoicexpress ionos ipdata ipfind ipgeo ipify iplocate ipregistry ipwhois irisnet
    ironclad janrain jazzhr jellyfin jetbrains jibble jobadder jobber jobvite joomla journy jupyterhub justgiving kaggle kaleyra kaltura kamatera kameleoon
    kandji kaseya kayako keboola keycdn keygen kickserv kimai kindful kinsta kintone kissflow klarna knack knowbe4 knowi knowledgeowl koinly kolekto kolide
    kommo komoot konnektive kontentai korapay kustomer kyndryl lalamove landbot langdock latenode latticehq lawmatics leadboxer leadconnector leadpages
    leadsquared learndash learnworlds leexi legiscan lemwarm lessonly letmeship lexoffice lexware libraryofcongress lifterlms lightcast lightspeed limesurvey
    linguapop linkedhelper linkish linkly liquidweb listclean listennotes listmonk litmos litmus livechatai liveperson livespace loanpro localazy locationapi
    logicmonitor loginextend logit logmein logsnag logto looplytics loopmessage loqate lucidchart lucidlink lumaai lumahealth luminate lusha lytics magento
    magnific mailboxvalidator mailcheck mailcow mailercloud mailerq mailgenius mailhog mailify mailpace mailparser mailrelay mailshake mailslurp mailster
    mailup mailwizz makecom manatal mandrillapp mangopay mapillary maptiler maropost marqeta mathpix mcafee medallia mediamath mediavalet medusa meetup
    megaventory memberful memberpress memberspace memberstack memsource mercadolibre mermaidchart messagemedia messari meteomatics meteosource meteostat
    metricool microcms microlink middesk midjourney mightycall mimecast minimax mirakl mixcloud mobilemessage moceanapi mockapi modulr moesif momentcrm
    mondaycom monei moneris monite monzo moodle mopinion morningstar motherduck mouseflow moyasar msg91 multion musixmatch mycase myparcel mystrom nansen
    narvar nationbuilder nearmap neptuneai nessus netatmo netcore netdata netim netscaler neverbounce newsdata nexudus nhost niceincontact nightscout ninjaone
    ninjarmm nocrm nordigen northpass notificationapi nowpayments npoint nuclino numlookup nusii nuxeo obsidian octoparse officient ohdear okdesk okteto olark
    omnivore oncrawl onebusaway onehouse onetrust onshape oodrive openaq openasset opencorporates opendata openexchangerates openfoodfacts openmeteo
    openproject openrouteservice opensanctions opensea opensky openstates opensubtitles opentable openvas opsera optimove ortto osticket outscraper outseta
    overheid ovhcloud owler oxylabs paigo palantir paligo paperless parabola parcelpanel parcelperfect parseio parsers partnerize passbase passcreator passkit
    passslot patchstack paychex paycom paycor payfast payfit payhere payhip paylocity paymaya paymob payoneer payplug paysafe payscale paystand paytm paytrace
    pcloud pdfco pdfcrowd pdfgeneratorapi pdfless pdfmonkey peakon pexels phaxio phonepe photobucket phrase picarto picqer pike13 pilvio pimlico pingbell
    pingone pinterest pipefy pirateship pitchbook pixela pixiebrix planetlabs planfix planhat planner5d planningcenter planso playht plentymarkets plumsail
    pocketbase podbean podchaser polymarket poptin portone postalytics posteo postgrest postgrid postimages postmates postnl postscript pracuj prerender
    pressidium pricelabs printify printix printnode privy proabono producthunt profitwell projectplace prolific prooflyze propublica prospeo proxycheck
    proxyscrape publit puppeteer purecloud pushbots pushcut pushengage pusherbeams pushsafer pushwoosh qencode qgenda qonto qualtrics qualys quandl quatrix
    questdb questrade quickbase quickchart quickemailverification quoter quotewerks qwilr radarcom radarr rainforestapi rainforestpay rapid7 rapyd raterapi
    ravelin raynet rayobyte readwise readymag realgreen realtimeboard recruitee redash reddit redmine reedcouk refersion regfox rejoiner relevanceai rentcast
    reonomy reporty resemble respondio restcountries restcountry retable retently revcontent reverb revolut rezdy ridewithgps ringba ringlead ripcord ripestat
    rippling riskiq robly rocketchat rocketlane roistat roomkey routific rundeck runscope runway safetyculture sageone sailthru saleshandy salesmachine
    salesmanago salla samanage sanctionscanner satispay savvycal scalyr scayle schoology scopus scoro scrapegraph scrapin scrapingdog screenly scrivito
    seatable seatgeek secureframe secureworks segpay selzy semanticscholar semrush sendcloud sendfox sendlane sendle sendowl sendpost sendsms sendx sensedia
    senseforce sensibo sensorpush sentinelone seoreviewtools seranking serpwow servicem8 servicetitan sevenrooms sharefile shipbob shiphero shiprocket
    shipwire shopgate shopware shortcm shortcutapp shortio shotgrid showpad shufti sightengine sigmacomputing signalfx signaturely signeasy signrequest
    signwell similarweb simplecast simplecert simplekpi simpro sirportly siteground sitejabber sketchfab skilljar skuvault skyscanner skyvern slite smaily
    smartbear smarthr smartlead smartrecruiters smartthings smugmug snapchat snappa socialbee sociavault solaredge solcast sonarr songkick songstats
    soundcloud sourceforge spacetraders speechace speechify spendesk spiderdata spokeo sportsdata sportsdataio sportsdb spotinst spotio spotler springcm
    sprinklr sproutsocial ssllabs stackby stackexchange stackhawk stackoverflow stacksocial stammer starrocks startgg starton statushero steamgriddb
    steampowered stedi stockx storeganise streamelements streamtime studiocms sucuri sumsub sumup supadata superhuman surecart surepass surfshark surveycto
    suumo swagup swapcard swarmia swrve symbl synchroteam synctera syncthing synthesia systeme tabby tactiq taiga talenthr talentlms tapclicks tapfiliate
    targetprocess taskade taxamo taxcloud taxdoo taxify teamdesk teamflect teamup teamviewer techulus telavox telegra telerivet telesign templated tendo tenor
    testlodge testmo testrail texau textit textkernel textmarks textrazor thanksio thehive thingspeak thinkimmo threema ticketspice ticktick tidio tikapi
    tiktok tilda timeapp timely timescale timeular timezonedb tinify tinypng tinyurl tipalti toggltrack tolgee tomba topdesk tosspayments totango totara
    trackcorp trackvia trakt transifex transloadit transloc travelperk travelport treasuredata trengo tripawd tripletex triplewhale truelayer truework
    trustpilot tryton tumblr turnitin turvo tutorlms tvmaze twake twingate twocaptcha twocheckout twprotech typefully ubersuggest ucraft ultradns ultramsg
    unipile uniproof unisender untappd upgrain uplisting uproc upsales upserve uptick uptimia urlbae urlbox useberry userback userguiding userpilot userreport
    usertesting uservoice uxpin vatapi vatcomply veeqo veevavault verifalia veriff verifytx vervoe vicidial videoask videodb vidyard vimcal viralloops
    virtuagym visier visma vitel vizio voipms volusion voximplant vtiger waboxapp wachete walmart wazuh weatherunlocked weavy web3auth webceo webhookrelay
    webinarjam weclapp weglot wegowise whatagraph wheniwork whereby whispir whmcs wildapricot winmax withings wolframalpha wonde woodpecker workato workboard
    workbooks workflowmax workfront workiom workleap workrails workramp worldpay worldtides worldtime wpengine wpforms writesonic wubook wunderground wurfl
    xignite xmatters xmlapis xoxoday yahoofinance yanado yapily yardi yaskawa yayloh yelpfusion yespo yesware yokoy yoomoney yotpo youcam youcanbookme youform
    youtrack zadarma zapiet zarinpal zeffy zencoder zendesksell zenefits zenloop zenmoney zenoti zenvia zeotap zerodha zerossl zillow ziphq zipwhip zivver
    zixflow zluri zohocrm zoopla zulipchat zumper zymplify`
    .trim()
    .split(/\s+/),
};
