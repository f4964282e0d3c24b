import { kindOf } from '@/core/policy/kinds'
import type { ModelObject } from '@/core/policy/model'
import type { PolicyRef } from '@/core/policy/normal-form'
import { policyKinds } from '@/core/policy/kinds'
import { isFields } from '@/core/policy/read'
import { AppError } from '../errors'

/** Where an object is served. Its parts are checked to be names, so that none can change the path. */
export type WriteTarget = {
  readonly ref: PolicyRef
  readonly apiVersion: string
  readonly plural: string
}

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const subdomain = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/

/** Where this object is written. Only kinds that policies are made of are. Throws AppError('invalid') for any other, and for names that are none. */
export function targetOf(object: ModelObject): WriteTarget {
  const kind = kindOf(object)
  const apiVersion = typeof object.apiVersion === 'string' ? object.apiVersion : ''
  if (!kind || !kind.versions.some((version) => apiVersion === `${kind.group}/${version}`))
    throw new AppError('invalid', `${said(object.kind)} of ${said(apiVersion)} is no kind of policy that Oriel writes.`)
  const { name, namespace } = isFields(object.metadata) ? object.metadata : {}
  return checked({
    ref: {
      group: kind.group,
      kind: kind.kind,
      namespace: kind.namespaced ? (typeof namespace === 'string' ? namespace : '') : null,
      name: typeof name === 'string' ? name : '',
    },
    apiVersion,
    plural: kind.plural,
  })
}

/** The same of an object that is named only, in the given version, else the best that is known of its kind. */
export function targetOfRef(ref: PolicyRef, apiVersion?: string): WriteTarget {
  const kind = policyKinds.find((one) => one.group === ref.group && one.kind === ref.kind)
  if (!kind)
    throw new AppError('invalid', `${said(ref.kind)} of ${said(ref.group)} is no kind of policy that Oriel writes.`)
  const version = apiVersion ?? `${kind.group}/${kind.versions[0]}`
  return checked({
    ref: { ...ref, namespace: kind.namespaced ? ref.namespace : null },
    apiVersion: version,
    plural: kind.plural,
  })
}

/** Path of the object. */
export function objectPath({ ref, apiVersion, plural }: WriteTarget): string {
  const within = ref.namespace === null ? '' : `namespaces/${ref.namespace}/`
  return `/apis/${apiVersion}/${within}${plural}/${ref.name}`
}

function checked(target: WriteTarget): WriteTarget {
  const { kind, name, namespace } = target.ref
  if (!subdomain.test(name) || name.includes('..'))
    throw new AppError('invalid', `${kind}: metadata.name has to be a name in small letters, digits, dashes and dots.`)
  if (namespace !== null && !label.test(namespace))
    throw new AppError('invalid', `${kind} ${name}: metadata.namespace has to name the namespace that it is for.`)
  return target
}

const said = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value.slice(0, 100) : 'An object without a kind'
