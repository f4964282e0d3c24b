import { z } from 'zod'
import { hostPort, serverTls } from '@/collectors/kit/tls'

const listen = z.union([z.literal('off'), hostPort])

export const otlpConfig = z
  .strictObject({
    grpc: listen
      .default('127.0.0.1:4317')
      .describe('Where OTLP over gRPC is listened for, as host:port; “off” for not at all.'),
    http: listen
      .default('127.0.0.1:4318')
      .describe('Where OTLP over HTTP (POST /v1/traces) is listened for, as host:port; “off” for not at all.'),
    cluster: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe(
        'Name of the cluster that all spans are from; by default what spans say (k8s.cluster.name), else the inventory’s.',
      ),
    tls: serverTls.optional().describe('Present: both ports speak TLS; absent: plaintext.'),
    bearerTokenFile: z
      .string()
      .min(1)
      .optional()
      .describe('File with a secret that senders must give as “Authorization: Bearer …”. Read again when it changes.'),
  })
  .refine(({ grpc, http }) => grpc !== 'off' || http !== 'off', 'at least one of grpc and http must be on')

export type OtlpConfig = z.output<typeof otlpConfig>
