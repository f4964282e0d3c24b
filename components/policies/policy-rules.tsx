import type { Action } from '@/core/policy/normal-form'
import type { ObjectNow } from '@/core/policy/pages/object-page'
import type { PolicyRow, RuleRow } from '@/core/policy/pages/policies-page'
import { formatAgo, formatCount, formatDuration, formatShort } from '../format'
import { type Status, StatusMark } from '../status-mark'
import { decides, witnessWords } from './row-words'
import { MatchedWorkloads } from './matched-workloads'
import type { ShownPage, ShownPolicy } from './shown-page'

const actions: Readonly<Record<Action, readonly [Status, string]>> = {
  allow: ['ok', 'allows'],
  deny: ['bad', 'denies'],
  pass: ['unknown', 'passes on'],
  log: ['unknown', 'logs'],
  ask: ['audit', 'asks another'],
  unknown: ['unknown', 'is not understood'],
}

type Props = { row: ShownPolicy; page: ShownPage; object: ObjectNow | undefined }

/** Every rule in words, with what it decided and whom it matches now. */
export function PolicyRules({ row, page, object }: Props) {
  if (row.rules.length === 0) {
    return (
      <p className="text-fg-2">
        {row.isolates.length > 0 && row.unreadable === null
          ? `It has no rules, so all that goes ${row.isolates.map((one) => (one === 'ingress' ? 'in' : 'out')).join(' or ')} is denied unless another policy allows it.`
          : row.layer === 'none'
            ? 'It has no rules of its own; other policies refer to it.'
            : 'It has no rules that can be read.'}
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      {(['ingress', 'egress'] as const).map((direction) => {
        const rules = row.rules.filter((rule) => rule.direction === direction)
        if (rules.length === 0) return null
        return (
          <section key={direction} aria-label={direction === 'ingress' ? 'What may come in' : 'Where it may go'}>
            <h3 className="pb-0.5 text-xs text-fg-3">
              {direction === 'ingress' ? 'What may come in' : 'Where it may go'}
            </h3>
            <ol>
              {rules.map((rule) => (
                <Rule key={`${direction} ${rule.path}`} rule={rule} row={row} page={page} object={object} />
              ))}
            </ol>
          </section>
        )
      })}
    </div>
  )
}

type RuleProps = Props & { rule: RuleRow }

function Rule({ rule, row, page, object }: RuleProps) {
  const [status, does] = actions[rule.action]
  const { hits } = rule
  const matched = object?.rules.find(({ path, direction }) => path === rule.path && direction === rule.direction)
  const toward = rule.direction === 'ingress' ? 'from' : 'to'
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <p className="flex gap-2">
        <StatusMark status={status} label={does} className="h-5" />
        <span className="min-w-0 flex-1 break-words">
          {does} {toward} {rule.peer} on {rule.ports}
        </span>
      </p>
      <p className="flex flex-wrap items-center gap-x-3 pl-[18px] text-xs text-fg-3">
        <code className="font-mono text-2xs">{rule.path}</code>
        {decides(row) &&
          (hits.edges === 0 ? (
            <span>
              {row.unknownUse
                ? 'use not known: traffic may have ends that you may not see'
                : isUncounted(row)
                  ? 'use not counted: sources name the policy, not its rule'
                  : `not used in ${formatDuration(page.period.to - page.period.from)}`}
            </span>
          ) : (
            <span
              title={`${formatCount(hits.allowed)} allowed, ${formatCount(hits.denied)} denied; ${witnessWords(hits)}`}
            >
              {[
                hits.allowed > 0 && `${formatShort(hits.allowed)} allowed`,
                hits.denied > 0 && `${formatShort(hits.denied)} denied`,
              ]
                .filter(Boolean)
                .join(', ')}
              , last {formatAgo(hits.lastUsed, page.at)}
            </span>
          ))}
      </p>
      {matched && <MatchedWorkloads rule={matched} hides={page.hidesNamespaces} />}
    </li>
  )
}

/** Whether more was credited to the policy than to its rules: then one without hits may have been used. */
function isUncounted({ hits, rules }: PolicyRow): boolean {
  const ofRules = rules.reduce((sum, rule) => sum + rule.hits.allowed + rule.hits.denied, 0)
  return hits.allowed + hits.denied > ofRules
}
