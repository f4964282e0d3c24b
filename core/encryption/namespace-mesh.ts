import type { EncryptionGround } from './ground'

/** The mesh that takes the pods of a namespace, as its labels and annotations say; null where none does. */
export function meshOfNamespace(
  ground: EncryptionGround | null,
  cluster: string,
  namespace: string,
): 'istio' | 'linkerd' | null {
  const marks = ground?.namespaces.get(`${cluster}/${namespace}`)
  if (!marks) return null
  const { labels, annotations } = marks
  if (annotations['linkerd.io/inject'] === 'enabled' || annotations['linkerd.io/inject'] === 'ingress') return 'linkerd'
  if (labels['istio.io/dataplane-mode'] === 'ambient' || labels['istio-injection'] === 'enabled') return 'istio'
  return labels['istio.io/rev'] && labels['istio-injection'] !== 'disabled' ? 'istio' : null
}
