import type { EncryptionSummary } from '@/core/encryption/edge-encryption'
import type { DecisionClass } from '@/core/policy/pages/policy-lens'
import { summaryWords } from '../encryption-words'
import { healthStatus, type Status } from '../status-mark'
import type { Lens } from '../url-state'
import type { CoveredNode, DecidedEdge } from './scene/decided'
import { isDenied, type EdgeStyle } from './scene/edge-style'

/** One meaning that a lens gives to edges, with how it looks and the words for it. */
export type EdgeClass = {
  readonly key: string
  readonly words: string
  readonly style: EdgeStyle
  /** Worse is more; equals share a look. For order in legends and for the worst of several. */
  readonly rank: number
}

/** p95 above which the latency lens speaks, in ms. */
export const slowMs = 300
export const verySlowMs = 1000
/** Share of 5xx above which the errors lens speaks. */
export const someErrors = 0.01
export const manyErrors = 0.05

const plain: EdgeStyle = { tone: 'quiet', dash: '', head: 'arrow', glyph: 'none' }
const bad: EdgeStyle = { ...plain, tone: 'bad' }
const warn: EdgeStyle = { ...plain, tone: 'warn' }
const dotted: EdgeStyle = { ...plain, tone: 'unknown', dash: '1 4' }

const make = (key: string, words: string, style: EdgeStyle, rank: number): EdgeClass => ({ key, words, style, rank })

const denied = make('denied', 'denied', { ...bad, dash: '2 4', head: 'bar' }, 6)
const unseen = make('unseen', 'no responses seen', dotted, 1)
const classes = {
  failing: make('failing', 'failing', bad, 5),
  degraded: make('degraded', 'degraded', warn, 4),
  healthy: make('healthy', 'healthy', plain, 0),
  unknownHealth: make('unknown', 'health unknown', dotted, 1),
  traffic: make('traffic', 'traffic', plain, 0),
  noTraffic: make('noTraffic', 'rate unknown', dotted, 1),
  manyErrors: make('manyErrors', 'errors ≥ 5 %', bad, 5),
  someErrors: make('someErrors', '≥ 1 %', warn, 4),
  fewErrors: make('fewErrors', 'fewer', plain, 0),
  verySlow: make('verySlow', 'p95 ≥ 1 s', bad, 5),
  slow: make('slow', '≥ 300 ms', warn, 4),
  fast: make('fast', 'faster', plain, 0),
  noLatency: make('noLatency', 'latency unknown', dotted, 1),
  someDenied: make('someDenied', 'some denied', warn, 4),
  audited: make('audited', 'would be denied', { ...plain, tone: 'audit', dash: '9 5' }, 3),
  allowed: make('allowed', 'allowed', plain, 0),
  noVerdict: make('noVerdict', 'verdict unknown', dotted, 1),
} as const

const encryptionClass = (summary: EncryptionSummary, style: EdgeStyle, rank: number): EdgeClass =>
  make(summary === 'unknown' ? 'unknownEncryption' : summary, summaryWords[summary], style, rank)

/** What is encrypted stays quiet; what is not stands out by colour, line and an open lock. */
const encryptionClasses: Readonly<Record<EncryptionSummary, EdgeClass>> = {
  plaintext: encryptionClass('plaintext', { ...warn, glyph: 'open' }, 5),
  mixed: encryptionClass('mixed', { ...warn, dash: '9 5', glyph: 'half' }, 4),
  unknown: encryptionClass('unknown', dotted, 1),
  'same-node': encryptionClass('same-node', { ...plain, dash: '5 3' }, 0),
  'mtls+tunnel': encryptionClass('mtls+tunnel', plain, 0),
  mtls: encryptionClass('mtls', plain, 0),
  tunnel: encryptionClass('tunnel', plain, 0),
  tls: encryptionClass('tls', plain, 0),
}

/** What happened against the policies stands out, and what they deny; what they allow is quiet, dashed where no rule says so. */
const decisionClasses: Readonly<Record<DecisionClass, EdgeClass>> = {
  differs: make('differs', 'not as the policies say', { ...warn, dash: '9 5' }, 7),
  denied,
  undecidable: make('undecidable', 'undecidable', dotted, 2),
  open: make('open', 'nothing restricts it', { ...plain, dash: '5 3' }, 1),
  'by-rule': make('byRule', 'allowed by a rule', plain, 0),
}

/** What an edge means through a lens. */
export function edgeClass(edge: DecidedEdge, lens: Lens): EdgeClass {
  const { figures } = edge
  switch (lens) {
    case 'encryption':
      return encryptionClasses[edge.encryption.summary]
    case 'policy':
      return policyClass(edge)
    case 'latency':
      if (figures.p95 === null) return classes.noLatency
      return figures.p95 >= verySlowMs ? classes.verySlow : figures.p95 >= slowMs ? classes.slow : classes.fast
    case 'traffic':
      if (isDenied(figures)) return denied
      return figures.requestRate === null && figures.flowRate === null ? classes.noTraffic : classes.traffic
    case 'errors':
      if (isDenied(figures)) return denied
      if (figures.errorRatio === null) return unseen
      return figures.errorRatio >= manyErrors
        ? classes.manyErrors
        : figures.errorRatio >= someErrors
          ? classes.someErrors
          : classes.fewErrors
    default:
      if (isDenied(figures)) return denied
      return edge.health === 'unknown' ? classes.unknownHealth : classes[edge.health]
  }
}

/** By what policies decide; by what happened while that is not known. */
function policyClass({ figures: { verdicts }, figures, decided }: DecidedEdge): EdgeClass {
  if (decided) return decisionClasses[decided]
  if (isDenied(figures)) return denied
  if (verdicts.denied) return classes.someDenied
  if (verdicts.audited) return classes.audited
  return verdicts.allowed || verdicts.error ? classes.allowed : classes.noVerdict
}

/** The mark of a node through a lens. Where a lens is about edges only, nodes keep still. */
export function nodeStatus({ health, incoming, cover }: CoveredNode, lens: Lens): Status {
  if (lens === 'health') return healthStatus[health]
  if (lens === 'errors') {
    const ratio = incoming?.errorRatio ?? null
    return ratio === null ? 'unknown' : ratio >= manyErrors ? 'bad' : ratio >= someErrors ? 'warn' : 'ok'
  }
  if (lens === 'latency') {
    const p95 = incoming?.p95 ?? null
    return p95 === null ? 'unknown' : p95 >= verySlowMs ? 'bad' : p95 >= slowMs ? 'warn' : 'ok'
  }
  if (lens === 'policy' && cover)
    return cover.workloads > cover.ingress + cover.unknown ? 'warn' : cover.unknown > 0 ? 'unknown' : 'ok'
  return 'ok'
}
