/** A Kubernetes resource as the API server serves it. `group` is '' for the core. `only`: one object of it, the others are never asked for. */
export type Resource = {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly only?: { readonly namespace: string; readonly name: string }
}

/** Path of the resource over all namespaces, or in that of its one object. */
export function resourcePath({ group, version, plural, only }: Resource): string {
  const served = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  return only ? `${served}/namespaces/${only.namespace}/${plural}` : `${served}/${plural}`
}

/** What picks the one object out of a list; a role that names it allows no list without. */
export const fieldSelectorOf = ({ only }: Resource): string | undefined => only && `metadata.name=${only.name}`

/** The rule of a ClusterRole, or of the Role of one object's namespace, that reading this resource takes, as YAML in one line. */
export function neededRule({ group, plural, only }: Resource): string {
  const names = only ? `, resourceNames: ["${only.name}"]` : ''
  return `{apiGroups: ["${group}"], resources: ["${plural}"]${names}, verbs: ["list", "watch"]}`
}

/** What to do about a 401 or 403, with the server's own words after it. */
export function deniedMessage(resource: Resource, status: number, said: string): string {
  if (status === 401) {
    return `The API server does not accept the credentials (401). Renew the kubeconfig's login or the service account's token. It said: ${said}`
  }
  const role = resource.only ? `Role in ${resource.only.namespace}` : 'ClusterRole'
  return `Reading ${resource.plural} is not allowed. Bind a ${role} with the rule ${neededRule(resource)} to Oriel's account. The API server said: ${said}`
}
