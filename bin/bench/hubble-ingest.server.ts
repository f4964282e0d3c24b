import { startTestServer } from '@/collectors/hubble/test-server'
import { benchFlows } from './hubble-ingest.flows'

/** A server process that loops over flows as fast as it is read; `modern` or `captured` by its argument. */
const flows = benchFlows()
const pool = process.argv[2] === 'captured' ? flows.captured : flows.modern
const server = await startTestServer()

server.onFlows = (stream) => {
  let i = 0
  const write = () => {
    for (;;) {
      const message = pool[i++ % pool.length]
      if (!message || stream.cancelled || stream.destroyed) return
      if (!stream.write(message)) break
    }
    stream.once('drain', write)
  }
  write()
}
process.send?.({ port: server.port, bytes: pool.reduce((sum, message) => sum + message.length, 0) / pool.length })
process.on('disconnect', () => process.exit(0))
