/** What a template of a link may name. Times are milliseconds; the Iso ones are ISO 8601. */
export const linkPlaceholders = [
  'cluster',
  'namespace',
  'kind',
  'name',
  'from',
  'to',
  'fromIso',
  'toIso',
  'traceId',
] as const
export type LinkPlaceholder = (typeof linkPlaceholders)[number]

/** A link to another tool, as configured: `https://grafana.example/explore?ns={namespace}&from={from}`. */
export type LinkTemplate = { readonly title: string; readonly url: string }

/** A link to another tool, filled in. */
export type ToolLink = { readonly title: string; readonly url: string }

const placeholder = /\{(\w+)\}/g
const known: ReadonlySet<string> = new Set(linkPlaceholders)

/**
 * Why a template cannot be used, as a sentence; null where it can. Its scheme, host and port must be fixed:
 * what fills it in comes from the cluster and must not decide where a click leads.
 */
export function linkProblem(template: string): string | null {
  for (const [text, name = ''] of template.matchAll(placeholder))
    if (!known.has(name))
      return `${text} is not known; there are ${linkPlaceholders.map((one) => `{${one}}`).join(', ')}`
  const origin = /^https?:\/\/[^/?#]+/i.exec(template)?.[0]
  if (origin === undefined) return 'write an address that begins with https:// or http://'
  if (origin.includes('{')) return 'write the host itself; a placeholder may stand after it'
  if (!URL.canParse(template.replaceAll(placeholder, 'x'))) return 'this is no address'
  return null
}

/** Whether a template is about one trace. */
export const isTraceLink = ({ url }: LinkTemplate): boolean => url.includes('{traceId}')

export type LinkValues = Readonly<Partial<Record<Exclude<LinkPlaceholder, 'fromIso' | 'toIso'>, string | number>>>

/** The template with each value escaped, so that it stays one part of a path or query; what is not given is empty. */
export function fillLink(template: string, values: LinkValues): string {
  const iso = (time: string | number | undefined) => (typeof time === 'number' ? new Date(time).toISOString() : '')
  const all: Readonly<Record<string, string | number | undefined>> = {
    ...values,
    fromIso: iso(values.from),
    toIso: iso(values.to),
  }
  return template.replaceAll(placeholder, (_, name: string) => encodeURIComponent(String(all[name] ?? '')))
}
