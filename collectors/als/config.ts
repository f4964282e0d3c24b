import { z } from 'zod'
import { hostPort, serverTls } from '@/collectors/kit/tls'

export const alsConfig = z.strictObject({
  listen: hostPort
    .default('127.0.0.1:9001')
    .describe('Where Envoy proxies send their access logs to (gRPC), as host:port; 0.0.0.0 for all interfaces.'),
  cluster: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Name of the cluster whose proxies send; by default the inventory’s.'),
  tls: serverTls.optional().describe('Present: the port speaks TLS; absent: plaintext.'),
})

export type AlsConfig = z.output<typeof alsConfig>
