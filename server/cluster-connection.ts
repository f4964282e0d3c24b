import { env } from './env'
import { AppError } from './errors'
import { hasKubernetes, type KubeConnection, loadKubernetes } from './kubernetes/client'

/** The cluster that this console runs for; null: it has no API server, or its kubeconfig cannot be read. */
export function homeCluster(): string | null {
  const { kubernetes, cluster } = env()
  const options = { ...kubernetes, cluster }
  if (!kubernetes.enabled || !hasKubernetes(options)) return null
  try {
    return loadKubernetes(options).cluster
  } catch (thrown) {
    if (thrown instanceof AppError) return cluster ?? null
    throw thrown
  }
}

/** The API server of a cluster by the name that its data has. Credentials are read anew each time. Throws AppError where there are none for it. */
export function clusterConnection(cluster: string): KubeConnection {
  const { enabled, kubeconfig, context } = env().kubernetes
  const options = { kubeconfig, context, cluster: env().cluster }
  if (!enabled || !hasKubernetes(options))
    throw new AppError(
      'invalid',
      'This console has no access to a Kubernetes API server. Give its web process a kubeconfig (kubernetes.kubeconfig) or an account.',
    )
  const connection = loadKubernetes(options)
  if (connection.cluster !== cluster)
    throw new AppError(
      'invalid',
      `This console can ask the API server of “${connection.cluster}” alone, not of “${cluster}”. Use the console that runs for it.`,
    )
  return connection
}
