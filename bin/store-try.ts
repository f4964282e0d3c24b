import { startEmbedded } from '@/server/db/embedded'
import { migrate } from '@/server/db/migrate'
import { log } from '@/server/log'
let t=Date.now()
const e = await startEmbedded({dir:'/tmp/store/pg', log}); console.log('start',Date.now()-t); t=Date.now()
await migrate(e.url, n=>console.log('applied',n)); console.log('migrate',Date.now()-t);t=Date.now()
await migrate(e.url, n=>console.log('applied',n)); console.log('again',Date.now()-t);t=Date.now()
if (process.argv[2]!=='keep') await e.stop(); console.log('stop',Date.now()-t)
