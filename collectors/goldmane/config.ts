import { z } from 'zod'
import { clientTls, hostPort } from '@/collectors/kit/tls'

export const goldmaneConfig = z.strictObject({
  address: hostPort.describe(
    'Address of Goldmane as host:port; Calico’s operator serves it at goldmane.calico-system.svc:7443.',
  ),
  cluster: z.string().min(1).max(100).optional().describe('Name of the observed cluster; by default the inventory’s.'),
  tls: clientTls
    .optional()
    .describe(
      'Present: the connection is encrypted; absent: plaintext. Calico asks for a client certificate: cert and key from tls.crt and tls.key of the Secret whisker-backend-key-pair, ca from tigera-ca-bundle.crt of the ConfigMap goldmane-ca-bundle, both in calico-system.',
    ),
})

export type GoldmaneConfig = z.output<typeof goldmaneConfig>

export const goldmaneNodeConfig = z.strictObject({
  node: z.string().min(1).max(253).describe('Name of the Kubernetes node on which this Oriel runs.'),
  socket: z
    .string()
    .startsWith('/')
    .max(100)
    .default('/var/run/calico/flows/flows.sock')
    .describe(
      'Unix socket to serve. Felix looks for it at the default path where FelixConfiguration says flowLogsLocalReporter: Enabled.',
    ),
  flushSeconds: z
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(15)
    .describe('Span that Felix counts over: flowLogsFlushInterval of FelixConfiguration. Calico’s operator sets 15.'),
  cluster: z.string().min(1).max(100).optional().describe('Name of the observed cluster; by default the inventory’s.'),
})

export type GoldmaneNodeConfig = z.output<typeof goldmaneNodeConfig>
