import { z } from 'zod'
import { clientTls, hostPort } from '@/collectors/kit/tls'

export const hubbleConfig = z.strictObject({
  address: hostPort.describe('Address of Hubble Relay, or of one node’s Hubble server, as host:port.'),
  cluster: z.string().min(1).max(100).optional().describe('Name of the observed cluster; by default the inventory’s.'),
  tls: clientTls.optional().describe('Present: the connection is encrypted; absent: plaintext.'),
  fieldMask: z.boolean().default(true).describe('Ask the server to leave out fields that Oriel has no use for.'),
})

export type HubbleConfig = z.output<typeof hubbleConfig>
