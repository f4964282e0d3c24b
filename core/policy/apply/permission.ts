/** What somebody would do to objects of a cluster. `namespace` '': the object has none. `name` '': any. */
export type PermissionAsk = {
  readonly verb: PermissionVerb
  /** API group, '' for the core. */
  readonly group: string
  /** Plural, such as `networkpolicies`. */
  readonly resource: string
  readonly namespace: string
  readonly name: string
}

export const permissionVerbs = ['get', 'list', 'create', 'patch', 'update', 'delete'] as const
export type PermissionVerb = (typeof permissionVerbs)[number]

/** `verb/group/resource/namespace/name`, with nothing in the place of what there is none of. */
export const permissionText = ({ verb, group, resource, namespace, name }: PermissionAsk): string =>
  [verb, group, resource, namespace, name].join('/')

const part = /^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/i

/** The reverse; null for what is none. */
export function parsePermission(text: string): PermissionAsk | null {
  const [verb, group = '', resource = '', namespace = '', name = '', more] = text.split('/')
  const known = permissionVerbs.find((one) => one === verb)
  const isPart = (value: string) => value === '' || (value.length <= 253 && part.test(value))
  if (!known || resource === '' || more !== undefined) return null
  return [group, resource, namespace, name].every(isPart) ? { verb: known, group, resource, namespace, name } : null
}

const verbWords: Readonly<Record<PermissionVerb, string>> = {
  get: 'read',
  list: 'list',
  create: 'create',
  patch: 'change',
  update: 'replace',
  delete: 'delete',
}

/** `change networkpolicies in namespace shop`. */
export function permissionWords({ verb, resource, namespace, name }: PermissionAsk): string {
  const what = name === '' ? resource : `${resource} “${name}”`
  return `${verbWords[verb]} ${what} ${namespace === '' ? 'of the whole cluster' : `in namespace ${namespace}`}`
}
