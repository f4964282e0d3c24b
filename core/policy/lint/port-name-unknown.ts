import { policyName } from '../policy-name'
import { namedPorts } from '../match-ports'
import { endOf } from '../evaluate'
import type { Workload } from '../model'
import type { Block, PolicyRef, Rule } from '../normal-form'
import { portProtocols } from '../ports'
import { type LintContext, numbersIn } from './context'
import type { Found, LintRule } from './finding'
import { count } from './words'

export const portNameUnknown: LintRule = {
  name: 'port-name-unknown',
  about: 'A port is named that none of the pods concerned declares, or only for another protocol.',
  find: (context) =>
    context.policies.flatMap(({ policy, object }) => {
      if (object === null || policy.ref.kind === 'Server') return []
      const found = policy.blocks.flatMap((block) =>
        block.rules.flatMap((rule) => findingsOf(context, policy.ref, block, rule)),
      )
      return [...new Map(found.map((one) => [`${one.path} ${one.message}`, one])).values()]
    }),
}

function findingsOf(context: LintContext, ref: PolicyRef, block: Block, rule: Rule): readonly Found[] {
  const named = (rule.ports?.some ?? []).flatMap(({ protocol, port }) =>
    port !== 'any' && 'name' in port ? [{ protocol, name: port.name }] : [],
  )
  if (named.length === 0) return []
  const callees = destinations(context, block, rule)
  if (callees.length === 0) return []
  return named.flatMap(({ protocol, name }) => {
    const wanted = protocol === 'any' ? portProtocols : portProtocols.filter((one) => one === protocol)
    const has = (one: Workload) => wanted.some((way) => namedPorts(endOf(one), name, way).length > 0)
    if (callees.some(has)) return []
    const other = callees.flatMap(({ ports }) => ports.filter((port) => port.name === name))[0]
    const why = other
      ? `there it is of ${other.protocol}, not ${protocol}`
      : `none of the ${count(callees.length, 'workload')} that it is about declares it`
    return [
      {
        severity: 'warning',
        policy: ref,
        path: rule.path,
        message: `${policyName(ref)} names the port ${name} (${protocol}), and ${why}.`,
        remedy: 'Name the port in the containers of the pods, correct name or protocol, or write its number.',
      },
    ]
  })
}

function destinations(context: LintContext, block: Block, rule: Rule): readonly Workload[] {
  const subjects = context.subjects(block)
  if (block.direction === 'ingress') return context.workloads(subjects)
  const [subject] = context.workloads(subjects)
  return subject ? context.workloads(numbersIn(context.matching(rule.peer, subject).may)) : []
}
