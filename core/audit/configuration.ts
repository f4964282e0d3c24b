import { auditText, isSecretMember, redacted, withoutSecrets } from './redact'

/** A setting by its path (`auth.providers[0].issuer`): its value as JSON, and whether that is a secret in whole or part. */
export type Leaf = { readonly path: string; readonly value: string; readonly secret: boolean }

/** Every setting of a configuration; lists of plain values are one setting. */
export function leavesOf(value: unknown, path = '', name = ''): readonly Leaf[] {
  if (value === undefined) return []
  const nested = typeof value === 'object' && value !== null
  if (nested && !(Array.isArray(value) && value.every((item) => typeof item !== 'object')))
    return Object.entries(value).flatMap(([key, member]) =>
      Array.isArray(value)
        ? leavesOf(member, `${path}[${key}]`, name)
        : leavesOf(member, path === '' ? key : `${path}.${key}`, key),
    )
  const text = JSON.stringify(value) ?? 'null'
  return [{ path, value: text, secret: isSecretMember(name, value) || withoutSecrets(text) !== text }]
}

/** The value of a setting as people may see it. */
export function shownValue({ path, value, secret }: Leaf): string {
  const name = /([^.[\]]*)(?:\[\d+\])*$/.exec(path)?.[1] ?? ''
  return secret && isSecretMember(name, value) ? redacted : auditText(value, 500)
}
