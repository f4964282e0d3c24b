import { env } from '@/server/env'
import { processWide } from '@/server/process-wide'
import { createProvider, type Provider } from './oidc/provider'

const providers = () =>
  processWide(
    'providers',
    () => new Map(env().auth.providers.map((provider) => [provider.id, createProvider(provider)])),
  )

/** The provider of this id in the configuration; null where there is none. */
export const providerOf = (id: string): Provider | null => providers().get(id) ?? null
