import type { Onset } from '../health/onset'

/** What was looked for; each is a file of this folder. */
export const audits = [
  'unwell',
  'denied',
  'plaintext',
  'intent',
  'tunnel',
  'certificate',
  'source',
  'gone',
  'new-caller',
  'retries',
  'rate-change',
  'name-not-found',
  'partial-proxies',
  'single-pod',
  'pod-restarts',
  'annotation',
] as const
export type AuditName = (typeof audits)[number]

/** Worst first. `unknown`: something was not seen; `notice`: something changed that need not be trouble. */
export const severities = ['failing', 'degraded', 'unknown', 'notice'] as const
export type Severity = (typeof severities)[number]

/** A figure and who told it (`source/reporter`); null where it is no single witness's. */
export type Evidence = { readonly figure: string; readonly value: string; readonly witness: string | null }

/** Somebody whom the same trouble reaches. `id`: of its node on the map; `health`: how it answers, where that is unwell by its own measure. */
export type Affected = {
  readonly id: string
  readonly name: string
  readonly health: 'degraded' | 'failing' | null
}

/** When a figure left its level; see core/health/onset.ts. */
export type FindingOnset = Onset & { readonly figure: 'errors' | 'p95' }

/** A change shortly before it began. */
export type NearChange = { readonly at: number; readonly kind: string; readonly name: string; readonly to: string }

/** One thing that needs attention: a root cause with all that it reaches. */
export type Finding = {
  /** `audit:subject`, the same as long as it lasts. */
  readonly id: string
  readonly audit: AuditName
  readonly severity: Severity
  readonly title: string
  readonly sentence: string
  /** Id of the node or edge of the map to look at; null where it is about none. */
  readonly subject: string | null
  /** endpointKeys of all that it is about, those affected included. */
  readonly endpoints: readonly string[]
  /** Nearest to the cause first. */
  readonly affected: readonly Affected[]
  readonly evidence: readonly Evidence[]
  /** When it began; null where that is not known or not asked. */
  readonly onset: FindingOnset | null
  /** The nearest deploy, restart or policy change before the onset; null where none was. */
  readonly change: NearChange | null
  /** Whether changes are seen at all, so that their absence says something. */
  readonly changesSeen: boolean
}

/** A finding as an audit makes it: what is looked up over time comes later. */
export type Draft = Omit<Finding, 'id' | 'onset' | 'change' | 'changesSeen'> & {
  /** Stored ids of the edges whose steps tell when it began, and by which figure. */
  readonly watch: { readonly edges: readonly number[]; readonly figure: FindingOnset['figure'] } | null
  /** Larger is worse, among findings that are as bad or make somebody as bad. */
  readonly weight: number
}
