import { Client, credentials } from '@grpc/grpc-js'
import { benchMessages } from './als-entries.entries'

/** Sends entries over loopback as fast as they are taken, each stream on a connection of its own, until it is killed. */
const raw = (bytes: Buffer) => bytes
const path = '/envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs'

const port = Number(process.argv[2])
for (const messages of benchMessages().streams.slice(0, 10)) {
  const options = { 'grpc.use_local_subchannel_pool': 1 }
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), options)
  const stream = client.makeClientStreamRequest(path, raw, raw, () => process.exit(0))
  stream.on('error', () => {})
  let i = 0
  const fill = () => {
    while (stream.write(messages[i++ % messages.length] ?? Buffer.alloc(0)));
  }
  stream.on('drain', fill)
  fill()
}
