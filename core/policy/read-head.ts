import { field, isAbsent, isFields, type Reader, refuse, textAt } from './read'

const objectName = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/

/** Checks what every policy has: a name, and a spec that is a map. */
export function checkHead(at: Reader): void {
  const nameAt = field(field(at, 'metadata'), 'name')
  const name = textAt(nameAt)
  if (isAbsent(nameAt)) refuse(nameAt, 'is required')
  else if (name !== null && (name.length > 253 || !objectName.test(name)))
    refuse(nameAt, `${JSON.stringify(name)} is no name`)
  const spec = field(at, 'spec')
  if (!isAbsent(spec) && !isFields(spec.value)) refuse(spec, 'must be a map')
}
