/** A Kubernetes resource as the API server serves it. `group` is '' for the core. */
export type Resource = { readonly group: string; readonly version: string; readonly plural: string }

/** Path of the resource over all namespaces. */
export const resourcePath = ({ group, version, plural }: Resource): string =>
  group === '' ? `/api/${version}/${plural}` : `/apis/${group}/${version}/${plural}`

/** The ClusterRole rule that reading this resource takes, as YAML in one line. */
export const neededRule = ({ group, plural }: Resource): string =>
  `{apiGroups: ["${group}"], resources: ["${plural}"], verbs: ["list", "watch"]}`

/** What to do about a 401 or 403, with the server's own words after it. */
export function deniedMessage(resource: Resource, status: number, said: string): string {
  if (status === 401) {
    return `The API server does not accept the credentials (401). Renew the kubeconfig's login or the service account's token. It said: ${said}`
  }
  return `Reading ${resource.plural} is not allowed. Bind a ClusterRole with the rule ${neededRule(resource)} to Oriel's account. The API server said: ${said}`
}
