import { configuredSources, type SourceInstance } from '@/collectors/sources'
import type { Config } from '@/server/env'
import { hasKubernetes, loadKubernetes } from '@/server/kubernetes/client'

/**
 * The sources that are configured, once their fields and the kubeconfig are checked; connects nowhere. Throws
 * AppError('invalid') that says what to change, before anything is built or started.
 */
export function checkConfig({ kubernetes: { enabled, ...kubernetes }, sources }: Config): SourceInstance[] {
  if (enabled && hasKubernetes(kubernetes)) loadKubernetes(kubernetes)
  return configuredSources(sources)
}
