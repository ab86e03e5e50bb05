import type { Family } from '../family.ts';

/** Services whose keys have no form of their own: only a field that bears their name tells them. */
export const servicesWithPlainKeys: Family = {
  name: 'service-key',
  title: 'Keys of services that give them no form of their own',
  source: 'https://www.rfc-editor.org/rfc/rfc6750#section-2.1',
  words: `
    abuseipdb abyssale accuweather adzuna aeroworkflow agora airvisual alchemy alconost alegra aletheiaapi alienvault allsports amadeus ambee apacta api2cart
    apiflash apifonica apilayer apimatic apimetrics apitemplate appcues appfollow appointedd appoptics appsynergy apptivo artsy atera audd autoklose
    avaza aviationstack axonaut aylien ayrshare baseapi beebole besnappy besttime billomat bitbar bitcoinaverage bitfinex bitmex blazemeter blitapp
    blocknative blogger bombbomb boostnote borgbase brandfetch browshot bscscan buddyns budibase bugherd bulbul bulksms buttercms caflou calendarific
    calorieninja campayn capsulecrm captaindata carboninterface cashboard caspio censys centralstationcrm cexio chatbot chatfuel checio
    checkvist cicero clarifai clearbit clickhelp clicksend cliengo clinchpad clockify clockwork closecrm cloudconvert cloudelements cloudimage cloudmersive
    cloudplan cloverly cloze clustdoc codequiry coinapi coinlayer coinlib collect2 commercejs commodities companyhub conversiontools convertapi
    convertkit convier copyscape countrylayer coveralls craftmypdf crossbrowsertesting cryptocompare currencycloud currencyfreaks currencylayer
    currencyscoop currentsapi customerguru d7network dailyco dandelion dareboost databox datafire datagov debounce deepai delighted demio deputy detectify
    detectlanguage dfuse diffbot diggernaut disqus dnscheck docparser documo dotdigital dovico dronahq duply dynalist dyspatch eagleeyenetworks
    easyinsight ecostruxureit edamam eightxeight elasticemail enablex enigma envoyapi etherscan ethplorer everhour exchangerateapi exchangerate
    exportsdk extractorapi faceplusplus fastforex feedier fetchrss fibery filestack finage financialmodelingprep findl fixerio flatio fleetbase flexport
    flightapi flightlabs flightstats flowflu fmfw formbucket formcraft formio formsite fulcrum fusebill fxmarket geckoboard gengo geoapify geocodify
    geocodio geocode geoipifi getgeoapi getgist getsandbox glassnode gocanvas goodday graphcms graphhopper groovehq gtmetrix guru gyazo
    happyscribe heatmapapi hellosign helpcrunch helpscout hereapi hiveage holidayapi holistic html2pdf humanity hybiscus hypertrack iconfinder iexapis iexcloud
    imagga insightly instabot instamojo integromat interseller intrinio invoiceocean ip2location ipapi ipgeolocation ipinfodb ipinfo ipquality ipstack
    jotform jupiterone kanbantool karmacrm keenio kickbox klipfolio knapsackpro kontent kylas languagelayer leadfeeder lemlist lendflow lessannoyingcrm
    lexigram linkpreview liveagent livestorm loadmill locationiq loginradius logzio lokalise loyverse lunchmoney madkudu magicbell magneticone
    mailboxlayer mailjet mailmodo mailsac mandrill mapquest marketstack mavenlink meaningcloud mediastack meistertask mesibo metaapi metabase metrilo
    mindmeister mixmax mixpanel mockaroo monkeylearn moonclerk moosend moralis mrticktock myfreshworks myintervals nasdaqdatalink nethunt netsuite
    neutrinoapi newsapi newscatcher nexmo vonage nftport nicereply nimble noticeable nozbe numverify nutritionix oanda omnisend onedesk onepagecrm
    onfleet oopspam opencagedata opencage openuv overloop owlbot packagecloud pagarme pandadoc pandascore paperform paralleldots parsehub parseur partnerstack
    pastebin paydirt paymoapp paymongo pdflayer pdfshift peopledatalabs pepipost percy pinata pipedrive pivotaltracker pixabay planview planyo podio
    pollsapi poloniex polygon positionstack postageapp postbacks powrbot privacycom prodpad prospectcrm protocolsio proxycrawl purestake pushbullet qualaroo
    qubole rawg reachmail reallysimplesystems rebrandly rechargepayments refiner rentman repairshopr replyio requestfinance restpack revampcrm
    ringcentral ritekit roaring robinhood rocketreach route4me rownd runrunit salesblink salescookie salesflare salesmate satismeter scrapeowl
    scraperapi scraperbox scrapestack scrapfly scrapingant scrapingbee screenshotapi screenshotlayer scrutinizer securitytrails selectpdf semaphore serphouse
    serpstack sheety sherpadesk shipday shotstack shutterstock signable signaturit signupgenius sigopt simfin simplesat simplynoted simvoly sinch
    sirv siteleaf skrapp skybiometry smartsheet smartystreets smooch snipcart speechtext spoonacular sportradar sportmonks sslmate statuspal stitchdata
    stockdata storecove stormboard stormglass storychief streak stripo sugester supernotes surveyanyplace surveybot surveysparrow survicate swell swiftype
    tallyfy taxjar teamgate technicalanalysis tefter teletype testingbot text2data textmagic theoddsapi thinkific thousandeyes ticketmaster tickettailor
    tiingo timecamp timezoneapi tineswebhook tmetric todoist toggl tokeet tomorrowio tomtom tradier travelpayouts twelvedata twist tyntec typetalk uclassify
    unifyid unplugg upcdatabase uplead upwave urlscan userflow userstack vagrantcloud vatlayer vbout verifier verimail veriphone versioneye viewneo
    visualcrossing voiceflow voicegain voodoosms vouchery vpnapi vyte walkscore weatherbit weatherstack weatherapi web3storage webflow webscraper webscraping
    websitepulse wepay whoxy wistia worksnaps workstack worldcoinindex worldweather wrike yelp youneedabudget yousign youtubeapi zenkit zenrows zenscrape
    zenserp zeplin zerobounce zipapi zipbooks zipcodeapi zipcodebase zonkafeedback zulip 42crunch acuityscheduling affinity agilecrm aha airtel
    alphavantage apollo aylien bamboohr basecamp beehiiv bigcommerce bigmarker buzzsprout callrail campaignmonitor capsule chatwork clio constantcontact
    copper crisp dialpad drip dribbble eloqua emailoctopus feedly freshsales front getresponse gleap gravityforms greenhouse gusto harvest healthchecks
    hotjar infobip instapaper invoiced iterable jotform justcall kajabi keap kissmetrics lever linkmobility livechat logrocket mailtrap marketo
    matomo messente mindbody monday moneybird netlifycms nutshell oncehub ontraport openphone outreach paperspace pardot patreon phantombuster
    plausible podium postageapp prestashop printful productboard quaderno quickbooks raindrop recurly redox reply retool revel ringover rudderstack sagepay salesloft
    samsara servicenow sevdesk shipengine shipstation signnow simpletexting smsapi sprout squadcast statsig streamlabs suitecrm sugarcrm surveymonkey tawk
    teachable teamleader telegraph textlocal thetvdb themoviedb tripadvisor unbounce veracode vimeo vitally wasabi whatconverts woocommerce wordpress workable workday wufoo
    xero yahoo yext zapsign zenhub ziprecruiter zoominfo zuora`
    .trim()
    .split(/\s+/),
};
