import type { Labels } from './inventory-object'

/** Images that are injected beside the application's own. */
const sidecars = /(^|\/)(proxyv2|proxy-init|linkerd-proxy|proxy|envoy|pause|istio-proxy)([:@]|$)/

/** What an image is a version of: `1.4.0` of `registry:5000/shop/bff:1.4.0`, seven digits of a digest; '' without either. */
export function imageVersion(image: string): string {
  const [name = '', digest = ''] = image.split('@')
  const tag = /:([^/:]+)$/.exec(name)?.[1]
  return (tag ?? digest.replace(/^sha\d+:/, '').slice(0, 7)).slice(0, 64)
}

/** The version of a pod: what its label says, else the tag of its first image that is no sidecar; '' where neither tells. */
export function podVersion({
  labels,
  images,
}: {
  readonly labels: Labels
  readonly images: readonly string[]
}): string {
  const label = labels['app.kubernetes.io/version'] ?? labels.version
  if (label) return label.slice(0, 64)
  return imageVersion(images.find((image) => !sidecars.test(image)) ?? '')
}
