import type { Family } from './family.ts';
import { onePassword } from './families/1password.ts';
import { ably } from './families/ably.ts';
import { abstract } from './families/abstract.ts';
import { adafruit } from './families/adafruit.ts';
import { adobe } from './families/adobe.ts';
import { adyen } from './families/adyen.ts';
import { age } from './families/age.ts';
import { ai21 } from './families/ai21.ts';
import { aikido } from './families/aikido.ts';
import { airbrake } from './families/airbrake.ts';
import { airship } from './families/airship.ts';
import { airtable } from './families/airtable.ts';
import { aiven } from './families/aiven.ts';
import { akamai } from './families/akamai.ts';
import { akeyless } from './families/akeyless.ts';
import { alchemy } from './families/alchemy.ts';
import { algolia } from './families/algolia.ts';
import { alibaba } from './families/alibaba.ts';
import { amplitude } from './families/amplitude.ts';
import { ankr } from './families/ankr.ts';
import { ansibleVault } from './families/ansible-vault.ts';
import { anthropic } from './families/anthropic.ts';
import { anypoint } from './families/anypoint.ts';
import { anyscale } from './families/anyscale.ts';
import { apiFootball } from './families/api-football.ts';
import { apideck } from './families/apideck.ts';
import { apify } from './families/apify.ts';
import { apolloGraphql } from './families/apollo-graphql.ts';
import { appwrite } from './families/appwrite.ts';
import { argoCd } from './families/argo-cd.ts';
import { artifactory } from './families/artifactory.ts';
import { asaas } from './families/asaas.ts';
import { asana } from './families/asana.ts';
import { assemblyai } from './families/assemblyai.ts';
import { astronomer } from './families/astronomer.ts';
import { atlantis } from './families/atlantis.ts';
import { atlassian } from './families/atlassian.ts';
import { attio } from './families/attio.ts';
import { auth0 } from './families/auth0.ts';
import { authress } from './families/authress.ts';
import { autodesk } from './families/autodesk.ts';
import { aws } from './families/aws.ts';
import { axiom } from './families/axiom.ts';
import { azure } from './families/azure.ts';
import { backblaze } from './families/backblaze.ts';
import { bamboo } from './families/bamboo.ts';
import { bannerbear } from './families/bannerbear.ts';
import { baremetrics } from './families/baremetrics.ts';
import { baseten } from './families/baseten.ts';
import { beamer } from './families/beamer.ts';
import { betterStack } from './families/better-stack.ts';
import { binance } from './families/binance.ts';
import { bitly } from './families/bitly.ts';
import { bittrex } from './families/bittrex.ts';
import { bitwarden } from './families/bitwarden.ts';
import { blockfrost } from './families/blockfrost.ts';
import { blynk } from './families/blynk.ts';
import { boundary } from './families/boundary.ts';
import { box } from './families/box.ts';
import { braintree } from './families/braintree.ts';
import { braintrust } from './families/braintrust.ts';
import { branchIo } from './families/branch-io.ts';
import { brevo } from './families/brevo.ts';
import { brex } from './families/brex.ts';
import { browserbase } from './families/browserbase.ts';
import { browserstack } from './families/browserstack.ts';
import { buddy } from './families/buddy.ts';
import { bugsnag } from './families/bugsnag.ts';
import { buildkite } from './families/buildkite.ts';
import { buildpulse } from './families/buildpulse.ts';
import { bunny } from './families/bunny.ts';
import { bybit } from './families/bybit.ts';
import { calCom } from './families/cal-com.ts';
import { calendly } from './families/calendly.ts';
import { canva } from './families/canva.ts';
import { capabilityUrls } from './families/capability-urls.ts';
import { cartesia } from './families/cartesia.ts';
import { cashfree } from './families/cashfree.ts';
import { cerebras } from './families/cerebras.ts';
import { chapa } from './families/chapa.ts';
import { chargebee } from './families/chargebee.ts';
import { chartmogul } from './families/chartmogul.ts';
import { checkly } from './families/checkly.ts';
import { checkout } from './families/checkout.ts';
import { chroma } from './families/chroma.ts';
import { circle } from './families/circle.ts';
import { circleci } from './families/circleci.ts';
import { civo } from './families/civo.ts';
import { clerk } from './families/clerk.ts';
import { cleverCloud } from './families/clever-cloud.ts';
import { clickhouse } from './families/clickhouse.ts';
import { clickup } from './families/clickup.ts';
import { clojars } from './families/clojars.ts';
import { cloudflare } from './families/cloudflare.ts';
import { cloudinary } from './families/cloudinary.ts';
import { cloudsmith } from './families/cloudsmith.ts';
import { cockroachdb } from './families/cockroachdb.ts';
import { codacy } from './families/codacy.ts';
import { codeClimate } from './families/code-climate.ts';
import { codecov } from './families/codecov.ts';
import { codefresh } from './families/codefresh.ts';
import { codemagic } from './families/codemagic.ts';
import { coderabbit } from './families/coderabbit.ts';
import { cohere } from './families/cohere.ts';
import { coinbase } from './families/coinbase.ts';
import { comet } from './families/comet.ts';
import { commandLines } from './families/command-lines.ts';
import { composio } from './families/composio.ts';
import { conekta } from './families/conekta.ts';
import { configcat } from './families/configcat.ts';
import { confluent } from './families/confluent.ts';
import { connectionUrls } from './families/connection-urls.ts';
import { contentful } from './families/contentful.ts';
import { contentstack } from './families/contentstack.ts';
import { convex } from './families/convex.ts';
import { courier } from './families/courier.ts';
import { coze } from './families/coze.ts';
import { cratesIo } from './families/crates-io.ts';
import { credentialFiles } from './families/credential-files.ts';
import { crowdstrike } from './families/crowdstrike.ts';
import { customerIo } from './families/customer-io.ts';
import { dashlane } from './families/dashlane.ts';
import { databento } from './families/databento.ts';
import { databricks } from './families/databricks.ts';
import { datadog } from './families/datadog.ts';
import { datastax } from './families/datastax.ts';
import { daytona } from './families/daytona.ts';
import { deepgram } from './families/deepgram.ts';
import { deepinfra } from './families/deepinfra.ts';
import { deepl } from './families/deepl.ts';
import { deepseek } from './families/deepseek.ts';
import { definedNetworking } from './families/defined-networking.ts';
import { deno } from './families/deno.ts';
import { dependencyTrack } from './families/dependency-track.ts';
import { digitalocean } from './families/digitalocean.ts';
import { discord } from './families/discord.ts';
import { django } from './families/django.ts';
import { dockerHub } from './families/docker-hub.ts';
import { docusign } from './families/docusign.ts';
import { doppler } from './families/doppler.ts';
import { dovetail } from './families/dovetail.ts';
import { drata } from './families/drata.ts';
import { droneCi } from './families/drone-ci.ts';
import { dropbox } from './families/dropbox.ts';
import { duffel } from './families/duffel.ts';
import { dwave } from './families/dwave.ts';
import { dwolla } from './families/dwolla.ts';
import { dynatrace } from './families/dynatrace.ts';
import { e2b } from './families/e2b.ts';
import { easypost } from './families/easypost.ts';
import { ebay } from './families/ebay.ts';
import { edenai } from './families/edenai.ts';
import { elastic } from './families/elastic.ts';
import { elevenlabs } from './families/elevenlabs.ts';
import { encore } from './families/encore.ts';
import { endorLabs } from './families/endor-labs.ts';
import { env0 } from './families/env0.ts';
import { equinix } from './families/equinix.ts';
import { eraser } from './families/eraser.ts';
import { etcd } from './families/etcd.ts';
import { etherscan } from './families/etherscan.ts';
import { etsy } from './families/etsy.ts';
import { eventbrite } from './families/eventbrite.ts';
import { exoscale } from './families/exoscale.ts';
import { expo } from './families/expo.ts';
import { facebook } from './families/facebook.ts';
import { fal } from './families/fal.ts';
import { fastly } from './families/fastly.ts';
import { fauna } from './families/fauna.ts';
import { figma } from './families/figma.ts';
import { fillout } from './families/fillout.ts';
import { finicity } from './families/finicity.ts';
import { finnhub } from './families/finnhub.ts';
import { fintoc } from './families/fintoc.ts';
import { firebase } from './families/firebase.ts';
import { firecrawl } from './families/firecrawl.ts';
import { firehydrant } from './families/firehydrant.ts';
import { fireworks } from './families/fireworks.ts';
import { flickr } from './families/flickr.ts';
import { flutterwave } from './families/flutterwave.ts';
import { flyIo } from './families/fly-io.ts';
import { formbricks } from './families/formbricks.ts';
import { foursquare } from './families/foursquare.ts';
import { frameIo } from './families/frame-io.ts';
import { freemius } from './families/freemius.ts';
import { freshbooks } from './families/freshbooks.ts';
import { freshdesk } from './families/freshdesk.ts';
import { friendli } from './families/friendli.ts';
import { fullcontact } from './families/fullcontact.ts';
import { fullstory } from './families/fullstory.ts';
import { gcp } from './families/gcp.ts';
import { geminiExchange } from './families/gemini-exchange.ts';
import { getresponse } from './families/getresponse.ts';
import { ghost } from './families/ghost.ts';
import { gitbook } from './families/gitbook.ts';
import { gitea } from './families/gitea.ts';
import { gitguardian } from './families/gitguardian.ts';
import { github } from './families/github.ts';
import { gitlab } from './families/gitlab.ts';
import { gitter } from './families/gitter.ts';
import { gocardless } from './families/gocardless.ts';
import { godaddy } from './families/godaddy.ts';
import { gong } from './families/gong.ts';
import { grafana } from './families/grafana.ts';
import { groq } from './families/groq.ts';
import { growthbook } from './families/growthbook.ts';
import { guardian } from './families/guardian.ts';
import { gumroad } from './families/gumroad.ts';
import { harness } from './families/harness.ts';
import { hashicorpConsul } from './families/hashicorp-consul.ts';
import { hashicorpTerraform } from './families/hashicorp-terraform.ts';
import { hashicorpVault } from './families/hashicorp-vault.ts';
import { hasura } from './families/hasura.ts';
import { hcp } from './families/hcp.ts';
import { helicone } from './families/helicone.ts';
import { heroku } from './families/heroku.ts';
import { hetzner } from './families/hetzner.ts';
import { highnote } from './families/highnote.ts';
import { honeybadger } from './families/honeybadger.ts';
import { honeycomb } from './families/honeycomb.ts';
import { hookdeck } from './families/hookdeck.ts';
import { httpHeaders } from './families/http-headers.ts';
import { huaweiCloud } from './families/huawei-cloud.ts';
import { hubspot } from './families/hubspot.ts';
import { huggingface } from './families/huggingface.ts';
import { hume } from './families/hume.ts';
import { hyperping } from './families/hyperping.ts';
import { ibmCloud } from './families/ibm-cloud.ts';
import { ilert } from './families/ilert.ts';
import { imagekit } from './families/imagekit.ts';
import { incidentIo } from './families/incident-io.ts';
import { increase } from './families/increase.ts';
import { infisical } from './families/infisical.ts';
import { infobip } from './families/infobip.ts';
import { infracost } from './families/infracost.ts';
import { infura } from './families/infura.ts';
import { inngest } from './families/inngest.ts';
import { intercom } from './families/intercom.ts';
import { intra42 } from './families/intra42.ts';
import { ionic } from './families/ionic.ts';
import { jenkins } from './families/jenkins.ts';
import { jina } from './families/jina.ts';
import { jsonWebTokens } from './families/json-web-tokens.ts';
import { jumio } from './families/jumio.ts';
import { jumpcloud } from './families/jumpcloud.ts';
import { jwks } from './families/jwks.ts';
import { k3s } from './families/k3s.ts';
import { kagi } from './families/kagi.ts';
import { keeper } from './families/keeper.ts';
import { keygen } from './families/keygen.ts';
import { khalti } from './families/khalti.ts';
import { kinde } from './families/kinde.ts';
import { klaviyo } from './families/klaviyo.ts';
import { knock } from './families/knock.ts';
import { kong } from './families/kong.ts';
import { koyeb } from './families/koyeb.ts';
import { kraken } from './families/kraken.ts';
import { kubeadm } from './families/kubeadm.ts';
import { kucoin } from './families/kucoin.ts';
import { lacework } from './families/lacework.ts';
import { lambdaLabs } from './families/lambda-labs.ts';
import { langfuse } from './families/langfuse.ts';
import { langsmith } from './families/langsmith.ts';
import { laravel } from './families/laravel.ts';
import { lark } from './families/lark.ts';
import { launchdarkly } from './families/launchdarkly.ts';
import { lemonSqueezy } from './families/lemon-squeezy.ts';
import { lichess } from './families/lichess.ts';
import { lighton } from './families/lighton.ts';
import { line } from './families/line.ts';
import { linear } from './families/linear.ts';
import { linkedin } from './families/linkedin.ts';
import { linode } from './families/linode.ts';
import { liveblocks } from './families/liveblocks.ts';
import { livekit } from './families/livekit.ts';
import { llamaCloud } from './families/llama-cloud.ts';
import { lob } from './families/lob.ts';
import { logdna } from './families/logdna.ts';
import { logfire } from './families/logfire.ts';
import { loggly } from './families/loggly.ts';
import { logrocket } from './families/logrocket.ts';
import { looker } from './families/looker.ts';
import { loops } from './families/loops.ts';
import { mailchimp } from './families/mailchimp.ts';
import { mailerlite } from './families/mailerlite.ts';
import { mailersend } from './families/mailersend.ts';
import { mailgun } from './families/mailgun.ts';
import { mapbox } from './families/mapbox.ts';
import { mattermost } from './families/mattermost.ts';
import { maxmind } from './families/maxmind.ts';
import { meilisearch } from './families/meilisearch.ts';
import { mem0 } from './families/mem0.ts';
import { meraki } from './families/meraki.ts';
import { mercadoPago } from './families/mercado-pago.ts';
import { mercury } from './families/mercury.ts';
import { mergify } from './families/mergify.ts';
import { messagebird } from './families/messagebird.ts';
import { microsoftTeams } from './families/microsoft-teams.ts';
import { midtrans } from './families/midtrans.ts';
import { mistral } from './families/mistral.ts';
import { modal } from './families/modal.ts';
import { modernTreasury } from './families/modern-treasury.ts';
import { mollie } from './families/mollie.ts';
import { mongodbAtlas } from './families/mongodb-atlas.ts';
import { monnify } from './families/monnify.ts';
import { moonshot } from './families/moonshot.ts';
import { morph } from './families/morph.ts';
import { mux } from './families/mux.ts';
import { nango } from './families/nango.ts';
import { naver } from './families/naver.ts';
import { nebius } from './families/nebius.ts';
import { neon } from './families/neon.ts';
import { neptune } from './families/neptune.ts';
import { netbird } from './families/netbird.ts';
import { netlify } from './families/netlify.ts';
import { newRelic } from './families/new-relic.ts';
import { ngrok } from './families/ngrok.ts';
import { nightfall } from './families/nightfall.ts';
import { nocodb } from './families/nocodb.ts';
import { northflank } from './families/northflank.ts';
import { notion } from './families/notion.ts';
import { novita } from './families/novita.ts';
import { novu } from './families/novu.ts';
import { npm } from './families/npm.ts';
import { nuget } from './families/nuget.ts';
import { nvidia } from './families/nvidia.ts';
import { nylas } from './families/nylas.ts';
import { nytimes } from './families/nytimes.ts';
import { octopusDeploy } from './families/octopus-deploy.ts';
import { okta } from './families/okta.ts';
import { ollama } from './families/ollama.ts';
import { omise } from './families/omise.ts';
import { onelogin } from './families/onelogin.ts';
import { onesignal } from './families/onesignal.ts';
import { onfido } from './families/onfido.ts';
import { openai } from './families/openai.ts';
import { opencage } from './families/opencage.ts';
import { openrouter } from './families/openrouter.ts';
import { openshift } from './families/openshift.ts';
import { openvpn } from './families/openvpn.ts';
import { openweather } from './families/openweather.ts';
import { opsgenie } from './families/opsgenie.ts';
import { optimizely } from './families/optimizely.ts';
import { oracleCloud } from './families/oracle-cloud.ts';
import { ory } from './families/ory.ts';
import { outline } from './families/outline.ts';
import { ovh } from './families/ovh.ts';
import { paddle } from './families/paddle.ts';
import { pagerduty } from './families/pagerduty.ts';
import { papertrail } from './families/papertrail.ts';
import { particle } from './families/particle.ts';
import { passwordHashes } from './families/password-hashes.ts';
import { paymongo } from './families/paymongo.ts';
import { paypal } from './families/paypal.ts';
import { paystack } from './families/paystack.ts';
import { pendo } from './families/pendo.ts';
import { perplexity } from './families/perplexity.ts';
import { persona } from './families/persona.ts';
import { photoroom } from './families/photoroom.ts';
import { phrase } from './families/phrase.ts';
import { pinata } from './families/pinata.ts';
import { pinecone } from './families/pinecone.ts';
import { pingdom } from './families/pingdom.ts';
import { pipedSecrets } from './families/piped-secrets.ts';
import { pipedream } from './families/pipedream.ts';
import { plaid } from './families/plaid.ts';
import { plain } from './families/plain.ts';
import { planetscale } from './families/planetscale.ts';
import { plivo } from './families/plivo.ts';
import { polar } from './families/polar.ts';
import { polygonIo } from './families/polygon-io.ts';
import { portainer } from './families/portainer.ts';
import { portkey } from './families/portkey.ts';
import { posthog } from './families/posthog.ts';
import { postman } from './families/postman.ts';
import { postmark } from './families/postmark.ts';
import { prefect } from './families/prefect.ts';
import { printedSecrets } from './families/printed-secrets.ts';
import { prisma } from './families/prisma.ts';
import { prismaCloud } from './families/prisma-cloud.ts';
import { pritunl } from './families/pritunl.ts';
import { privateAi } from './families/private-ai.ts';
import { privateKeys } from './families/private-keys.ts';
import { privatePackagist } from './families/private-packagist.ts';
import { proof } from './families/proof.ts';
import { proxmox } from './families/proxmox.ts';
import { pubnub } from './families/pubnub.ts';
import { pulumi } from './families/pulumi.ts';
import { pusher } from './families/pusher.ts';
import { pushover } from './families/pushover.ts';
import { pypi } from './families/pypi.ts';
import { qase } from './families/qase.ts';
import { qdrant } from './families/qdrant.ts';
import { quicknode } from './families/quicknode.ts';
import { rabbitmq } from './families/rabbitmq.ts';
import { rails } from './families/rails.ts';
import { railway } from './families/railway.ts';
import { ramp } from './families/ramp.ts';
import { rancher } from './families/rancher.ts';
import { rapidApi } from './families/rapid-api.ts';
import { raygun } from './families/raygun.ts';
import { razorpay } from './families/razorpay.ts';
import { readme } from './families/readme.ts';
import { recaptcha } from './families/recaptcha.ts';
import { recurly } from './families/recurly.ts';
import { redirectPizza } from './families/redirect-pizza.ts';
import { render } from './families/render.ts';
import { replicate } from './families/replicate.ts';
import { replit } from './families/replit.ts';
import { resend } from './families/resend.ts';
import { retell } from './families/retell.ts';
import { retool } from './families/retool.ts';
import { revenuecat } from './families/revenuecat.ts';
import { riotGames } from './families/riot-games.ts';
import { roboflow } from './families/roboflow.ts';
import { rockset } from './families/rockset.ts';
import { rollbar } from './families/rollbar.ts';
import { rootly } from './families/rootly.ts';
import { rubygems } from './families/rubygems.ts';
import { runpod } from './families/runpod.ts';
import { runway } from './families/runway.ts';
import { salesforce } from './families/salesforce.ts';
import { sambanova } from './families/sambanova.ts';
import { sanity } from './families/sanity.ts';
import { sauceLabs } from './families/sauce-labs.ts';
import { scale } from './families/scale.ts';
import { scaleway } from './families/scaleway.ts';
import { scalingo } from './families/scalingo.ts';
import { scalr } from './families/scalr.ts';
import { secretsOfHosts } from './families/secrets-of-hosts.ts';
import { segment } from './families/segment.ts';
import { semgrep } from './families/semgrep.ts';
import { sendbird } from './families/sendbird.ts';
import { sendgrid } from './families/sendgrid.ts';
import { sendpulse } from './families/sendpulse.ts';
import { sentry } from './families/sentry.ts';
import { serpapi } from './families/serpapi.ts';
import { serper } from './families/serper.ts';
import { servicesByName } from './families/services-by-name.ts';
import { servicesWithPlainKeys } from './families/services-with-plain-keys.ts';
import { settlemint } from './families/settlemint.ts';
import { shippo } from './families/shippo.ts';
import { shodan } from './families/shodan.ts';
import { shopify } from './families/shopify.ts';
import { sidekiq } from './families/sidekiq.ts';
import { sift } from './families/sift.ts';
import { signalwire } from './families/signalwire.ts';
import { slack } from './families/slack.ts';
import { smartling } from './families/smartling.ts';
import { snipcart } from './families/snipcart.ts';
import { snowflake } from './families/snowflake.ts';
import { snyk } from './families/snyk.ts';
import { socket } from './families/socket.ts';
import { sonar } from './families/sonar.ts';
import { sourcegraph } from './families/sourcegraph.ts';
import { spacelift } from './families/spacelift.ts';
import { sparkpost } from './families/sparkpost.ts';
import { speakeasy } from './families/speakeasy.ts';
import { speechmatics } from './families/speechmatics.ts';
import { splunk } from './families/splunk.ts';
import { spotify } from './families/spotify.ts';
import { sqlStatements } from './families/sql-statements.ts';
import { square } from './families/square.ts';
import { squarespace } from './families/squarespace.ts';
import { stability } from './families/stability.ts';
import { statsig } from './families/statsig.ts';
import { statuscake } from './families/statuscake.ts';
import { statuspage } from './families/statuspage.ts';
import { storj } from './families/storj.ts';
import { storyblok } from './families/storyblok.ts';
import { strapi } from './families/strapi.ts';
import { strava } from './families/strava.ts';
import { streamnative } from './families/streamnative.ts';
import { stripe } from './families/stripe.ts';
import { stytch } from './families/stytch.ts';
import { sumologic } from './families/sumologic.ts';
import { supabase } from './families/supabase.ts';
import { svix } from './families/svix.ts';
import { swell } from './families/swell.ts';
import { sysdig } from './families/sysdig.ts';
import { tableau } from './families/tableau.ts';
import { tailscale } from './families/tailscale.ts';
import { tatum } from './families/tatum.ts';
import { tavily } from './families/tavily.ts';
import { teamcity } from './families/teamcity.ts';
import { teamwork } from './families/teamwork.ts';
import { telegram } from './families/telegram.ts';
import { teleport } from './families/teleport.ts';
import { telnyx } from './families/telnyx.ts';
import { temporal } from './families/temporal.ts';
import { tenable } from './families/tenable.ts';
import { tencentCloud } from './families/tencent-cloud.ts';
import { thingsboard } from './families/thingsboard.ts';
import { thunderstore } from './families/thunderstore.ts';
import { tigris } from './families/tigris.ts';
import { tinybird } from './families/tinybird.ts';
import { together } from './families/together.ts';
import { travisCi } from './families/travis-ci.ts';
import { trello } from './families/trello.ts';
import { triggerDev } from './families/trigger-dev.ts';
import { truenas } from './families/truenas.ts';
import { turso } from './families/turso.ts';
import { twilio } from './families/twilio.ts';
import { twitch } from './families/twitch.ts';
import { twitter } from './families/twitter.ts';
import { typeform } from './families/typeform.ts';
import { typesense } from './families/typesense.ts';
import { ubidots } from './families/ubidots.ts';
import { unkey } from './families/unkey.ts';
import { unsplash } from './families/unsplash.ts';
import { unstructured } from './families/unstructured.ts';
import { upcloud } from './families/upcloud.ts';
import { uploadcare } from './families/uploadcare.ts';
import { upstage } from './families/upstage.ts';
import { upstash } from './families/upstash.ts';
import { uptimeRobot } from './families/uptime-robot.ts';
import { valTown } from './families/val-town.ts';
import { vanta } from './families/vanta.ts';
import { vapi } from './families/vapi.ts';
import { vast } from './families/vast.ts';
import { vercel } from './families/vercel.ts';
import { victorops } from './families/victorops.ts';
import { virustotal } from './families/virustotal.ts';
import { volcengine } from './families/volcengine.ts';
import { vonage } from './families/vonage.ts';
import { voyage } from './families/voyage.ts';
import { vultr } from './families/vultr.ts';
import { wakatime } from './families/wakatime.ts';
import { warp } from './families/warp.ts';
import { waypoint } from './families/waypoint.ts';
import { weaviate } from './families/weaviate.ts';
import { webex } from './families/webex.ts';
import { weightsAndBiases } from './families/weights-and-biases.ts';
import { windmill } from './families/windmill.ts';
import { wireguard } from './families/wireguard.ts';
import { wise } from './families/wise.ts';
import { wiz } from './families/wiz.ts';
import { wompi } from './families/wompi.ts';
import { workos } from './families/workos.ts';
import { xai } from './families/xai.ts';
import { xata } from './families/xata.ts';
import { xendit } from './families/xendit.ts';
import { yandex } from './families/yandex.ts';
import { yubico } from './families/yubico.ts';
import { zapier } from './families/zapier.ts';
import { zeabur } from './families/zeabur.ts';
import { zendesk } from './families/zendesk.ts';
import { zerotier } from './families/zerotier.ts';
import { zhipu } from './families/zhipu.ts';
import { zilliz } from './families/zilliz.ts';
import { zoho } from './families/zoho.ts';
import { zoom } from './families/zoom.ts';
import { zuplo } from './families/zuplo.ts';

/** Every family of secrets that is known; a new one is a new file and a line here. */
export const families: readonly Family[] = [
  onePassword,
  ably,
  abstract,
  adafruit,
  adobe,
  adyen,
  age,
  ai21,
  aikido,
  airbrake,
  airship,
  airtable,
  aiven,
  akamai,
  akeyless,
  alchemy,
  algolia,
  alibaba,
  amplitude,
  ankr,
  ansibleVault,
  anthropic,
  anypoint,
  anyscale,
  apiFootball,
  apideck,
  apify,
  apolloGraphql,
  appwrite,
  argoCd,
  artifactory,
  asaas,
  asana,
  assemblyai,
  astronomer,
  atlantis,
  atlassian,
  attio,
  auth0,
  authress,
  autodesk,
  aws,
  axiom,
  azure,
  backblaze,
  bamboo,
  bannerbear,
  baremetrics,
  baseten,
  beamer,
  betterStack,
  binance,
  bitly,
  bittrex,
  bitwarden,
  blockfrost,
  blynk,
  boundary,
  box,
  braintree,
  braintrust,
  branchIo,
  brevo,
  brex,
  browserbase,
  browserstack,
  buddy,
  bugsnag,
  buildkite,
  buildpulse,
  bunny,
  bybit,
  calCom,
  calendly,
  canva,
  capabilityUrls,
  cartesia,
  cashfree,
  cerebras,
  chapa,
  chargebee,
  chartmogul,
  checkly,
  checkout,
  chroma,
  circle,
  circleci,
  civo,
  clerk,
  cleverCloud,
  clickhouse,
  clickup,
  clojars,
  cloudflare,
  cloudinary,
  cloudsmith,
  cockroachdb,
  codacy,
  codeClimate,
  codecov,
  codefresh,
  codemagic,
  coderabbit,
  cohere,
  coinbase,
  comet,
  commandLines,
  composio,
  conekta,
  configcat,
  confluent,
  connectionUrls,
  contentful,
  contentstack,
  convex,
  courier,
  coze,
  cratesIo,
  credentialFiles,
  crowdstrike,
  customerIo,
  dashlane,
  databento,
  databricks,
  datadog,
  datastax,
  daytona,
  deepgram,
  deepinfra,
  deepl,
  deepseek,
  definedNetworking,
  deno,
  dependencyTrack,
  digitalocean,
  discord,
  django,
  dockerHub,
  docusign,
  doppler,
  dovetail,
  drata,
  droneCi,
  dropbox,
  duffel,
  dwave,
  dwolla,
  dynatrace,
  e2b,
  easypost,
  ebay,
  edenai,
  elastic,
  elevenlabs,
  encore,
  endorLabs,
  env0,
  equinix,
  eraser,
  etcd,
  etherscan,
  etsy,
  eventbrite,
  exoscale,
  expo,
  facebook,
  fal,
  fastly,
  fauna,
  figma,
  fillout,
  finicity,
  finnhub,
  fintoc,
  firebase,
  firecrawl,
  firehydrant,
  fireworks,
  flickr,
  flutterwave,
  flyIo,
  formbricks,
  foursquare,
  frameIo,
  freemius,
  freshbooks,
  freshdesk,
  friendli,
  fullcontact,
  fullstory,
  gcp,
  geminiExchange,
  getresponse,
  ghost,
  gitbook,
  gitea,
  gitguardian,
  github,
  gitlab,
  gitter,
  gocardless,
  godaddy,
  gong,
  grafana,
  groq,
  growthbook,
  guardian,
  gumroad,
  harness,
  hashicorpConsul,
  hashicorpTerraform,
  hashicorpVault,
  hasura,
  hcp,
  helicone,
  heroku,
  hetzner,
  highnote,
  honeybadger,
  honeycomb,
  hookdeck,
  httpHeaders,
  huaweiCloud,
  hubspot,
  huggingface,
  hume,
  hyperping,
  ibmCloud,
  ilert,
  imagekit,
  incidentIo,
  increase,
  infisical,
  infobip,
  infracost,
  infura,
  inngest,
  intercom,
  intra42,
  ionic,
  jenkins,
  jina,
  jsonWebTokens,
  jumio,
  jumpcloud,
  jwks,
  k3s,
  kagi,
  keeper,
  keygen,
  khalti,
  kinde,
  klaviyo,
  knock,
  kong,
  koyeb,
  kraken,
  kubeadm,
  kucoin,
  lacework,
  lambdaLabs,
  langfuse,
  langsmith,
  laravel,
  lark,
  launchdarkly,
  lemonSqueezy,
  lichess,
  lighton,
  line,
  linear,
  linkedin,
  linode,
  liveblocks,
  livekit,
  llamaCloud,
  lob,
  logdna,
  logfire,
  loggly,
  logrocket,
  looker,
  loops,
  mailchimp,
  mailerlite,
  mailersend,
  mailgun,
  mapbox,
  mattermost,
  maxmind,
  meilisearch,
  mem0,
  meraki,
  mercadoPago,
  mercury,
  mergify,
  messagebird,
  microsoftTeams,
  midtrans,
  mistral,
  modal,
  modernTreasury,
  mollie,
  mongodbAtlas,
  monnify,
  moonshot,
  morph,
  mux,
  nango,
  naver,
  nebius,
  neon,
  neptune,
  netbird,
  netlify,
  newRelic,
  ngrok,
  nightfall,
  nocodb,
  northflank,
  notion,
  novita,
  novu,
  npm,
  nuget,
  nvidia,
  nylas,
  nytimes,
  octopusDeploy,
  okta,
  ollama,
  omise,
  onelogin,
  onesignal,
  onfido,
  openai,
  opencage,
  openrouter,
  openshift,
  openvpn,
  openweather,
  opsgenie,
  optimizely,
  oracleCloud,
  ory,
  outline,
  ovh,
  paddle,
  pagerduty,
  papertrail,
  particle,
  passwordHashes,
  paymongo,
  paypal,
  paystack,
  pendo,
  perplexity,
  persona,
  photoroom,
  phrase,
  pinata,
  pinecone,
  pingdom,
  pipedSecrets,
  pipedream,
  plaid,
  plain,
  planetscale,
  plivo,
  polar,
  polygonIo,
  portainer,
  portkey,
  posthog,
  postman,
  postmark,
  prefect,
  printedSecrets,
  prisma,
  prismaCloud,
  pritunl,
  privateAi,
  privateKeys,
  privatePackagist,
  proof,
  proxmox,
  pubnub,
  pulumi,
  pusher,
  pushover,
  pypi,
  qase,
  qdrant,
  quicknode,
  rabbitmq,
  rails,
  railway,
  ramp,
  rancher,
  rapidApi,
  raygun,
  razorpay,
  readme,
  recaptcha,
  recurly,
  redirectPizza,
  render,
  replicate,
  replit,
  resend,
  retell,
  retool,
  revenuecat,
  riotGames,
  roboflow,
  rockset,
  rollbar,
  rootly,
  rubygems,
  runpod,
  runway,
  salesforce,
  sambanova,
  sanity,
  sauceLabs,
  scale,
  scaleway,
  scalingo,
  scalr,
  secretsOfHosts,
  segment,
  semgrep,
  sendbird,
  sendgrid,
  sendpulse,
  sentry,
  serpapi,
  serper,
  servicesByName,
  servicesWithPlainKeys,
  settlemint,
  shippo,
  shodan,
  shopify,
  sidekiq,
  sift,
  signalwire,
  slack,
  smartling,
  snipcart,
  snowflake,
  snyk,
  socket,
  sonar,
  sourcegraph,
  spacelift,
  sparkpost,
  speakeasy,
  speechmatics,
  splunk,
  spotify,
  sqlStatements,
  square,
  squarespace,
  stability,
  statsig,
  statuscake,
  statuspage,
  storj,
  storyblok,
  strapi,
  strava,
  streamnative,
  stripe,
  stytch,
  sumologic,
  supabase,
  svix,
  swell,
  sysdig,
  tableau,
  tailscale,
  tatum,
  tavily,
  teamcity,
  teamwork,
  telegram,
  teleport,
  telnyx,
  temporal,
  tenable,
  tencentCloud,
  thingsboard,
  thunderstore,
  tigris,
  tinybird,
  together,
  travisCi,
  trello,
  triggerDev,
  truenas,
  turso,
  twilio,
  twitch,
  twitter,
  typeform,
  typesense,
  ubidots,
  unkey,
  unsplash,
  unstructured,
  upcloud,
  uploadcare,
  upstage,
  upstash,
  uptimeRobot,
  valTown,
  vanta,
  vapi,
  vast,
  vercel,
  victorops,
  virustotal,
  volcengine,
  vonage,
  voyage,
  vultr,
  wakatime,
  warp,
  waypoint,
  weaviate,
  webex,
  weightsAndBiases,
  windmill,
  wireguard,
  wise,
  wiz,
  wompi,
  workos,
  xai,
  xata,
  xendit,
  yandex,
  yubico,
  zapier,
  zeabur,
  zendesk,
  zerotier,
  zhipu,
  zilliz,
  zoho,
  zoom,
  zuplo,
];
