import { z } from 'zod'

const address = z
  .string()
  .trim()
  .regex(/^([\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}$/, 'write host:port, for example localhost:4245')

export const hubbleConfig = z.strictObject({
  address: address.describe('Address of Hubble Relay, or of one node’s Hubble server, as host:port.'),
  cluster: z.string().min(1).max(100).optional().describe('Name of the observed cluster; by default the inventory’s.'),
  tls: z
    .strictObject({
      ca: z
        .string()
        .optional()
        .describe('PEM file of the authority that signed the server’s certificate; the system’s by default.'),
      cert: z.string().optional().describe('PEM file of the client certificate, where Relay asks for one.'),
      key: z.string().optional().describe('PEM file of its key. All files are read again when they change.'),
      serverName: z.string().optional().describe('Name in the server’s certificate, where it is not the address.'),
      insecureSkipVerify: z
        .boolean()
        .default(false)
        .describe('Accept any server certificate. Only for trying things out.'),
    })
    .refine(({ cert, key }) => (cert === undefined) === (key === undefined), 'cert and key come together')
    .optional()
    .describe('Present: the connection is encrypted; absent: plaintext.'),
  fieldMask: z.boolean().default(true).describe('Ask the server to leave out fields that Oriel has no use for.'),
})

export type HubbleConfig = z.output<typeof hubbleConfig>
