import { anything, type EndMatch } from '../end-match'
import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import type { Action, Block, Rule } from '../normal-form'
import { field, isAbsent, itemsAt, type Reader, readerOf, refOf, refuse, textAt, unknownFields, wordAt } from '../read'
import { checkHead } from '../read-head'
import { istioMtlsTier, istioTier } from '../tiers'
import { istioRuleAt } from './istio-rule'
import { withoutProof } from './istio-plaintext'
import { type Situation, situationsOf } from './istio-situation'
import { type Aim, aimsAt } from './istio-subject'
import { istioGroup, istioRoot } from './istio-values'
import { annotationOf } from './mesh-objects'
import { istioPassedBy } from './mesh-ports'
import { skippedPorts } from './skipped-ports'

/** security.istio.io AuthorizationPolicy: CUSTOM may deny, then DENY does, then ALLOW must match where there is one. */
export const istioAuthorizationPolicy: PolicyKind = {
  group: istioGroup,
  kind: 'AuthorizationPolicy',
  plural: 'authorizationpolicies',
  versions: ['v1', 'v1beta1'],
  namespaced: true,
  mesh: { name: 'istio', root: istioRoot },
  parse,
  implied: (catalogue) =>
    skippedPorts(catalogue, 'traffic.sidecar.istio.io/excludeInboundPorts', [istioMtlsTier, istioTier]),
}

const known = ['selector', 'targetRef', 'targetRefs', 'action', 'provider', 'rules']
const actions = {
  CUSTOM: { action: 'ask', order: 0 },
  DENY: { action: 'deny', order: 1 },
  ALLOW: { action: 'allow', order: 2 },
  AUDIT: { action: 'log', order: 2 },
} as const satisfies Record<string, { action: Action; order: number }>
const words = ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'] as const

function parse(object: ModelObject): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, 'AuthorizationPolicy', true)
  const namespace = ref.namespace ?? ''
  const spec = field(at, 'spec')
  const { action, order } = actions[wordAt(field(spec, 'action'), words) ?? 'ALLOW']
  const asks = action === 'ask' ? `the provider ${providerAt(spec) ?? ''} is asked` : null
  if (action !== 'ask' && !isAbsent(field(spec, 'provider'))) refuse(field(spec, 'provider'), 'is for CUSTOM only')
  const aims = aimsAt(spec, namespace)
  const items = itemsAt(field(spec, 'rules')) ?? []
  if (items.length > 512) refuse(field(spec, 'rules'), 'must not have more than 512 items')
  const rules = items.map((item) => istioRuleAt(item, action, namespace))
  const strange = unknownFields(spec, known).length > 0
  if (at.problems.length > 0) return { problems: at.problems }

  const block = (subject: EndMatch, content: readonly Rule[]): Block => ({
    direction: 'ingress',
    tier: istioTier.name,
    order,
    subject: strange ? { is: 'every', of: [subject, unknownField] } : subject,
    isolates: action === 'allow',
    rules: [istioPassedBy, ...content.map((rule) => (asks === null ? rule : { ...rule, doubt: asks }))],
  })
  const judged = (subject: EndMatch, { where, onlyTcp, plain }: Situation): Block => {
    const content = rules.flatMap((rule) => rule(onlyTcp))
    return block(where ? { is: 'every', of: [subject, where] } : subject, plain ? content.map(withoutProof) : content)
  }
  const elsewhere = (subject: EndMatch, doubt: string): Block => ({
    ...block(subject, []),
    order: actions.CUSTOM.order,
    isolates: false,
    rules: [istioPassedBy, { action: 'ask', path: 'spec', peer: anything, ports: null, doubt }],
  })
  return {
    meaning: (catalogue) => {
      const situations = situationsOf(catalogue)
      const ofAim = ({ subject, doubt }: Aim) => {
        if (doubt === null) return situations.map((situation) => judged(subject, situation))
        return action === 'log' ? [] : [elsewhere(subject, doubt)]
      }
      const mode = isDryRun(object) ? 'staged' : 'enforced'
      return { ref, mode, replaces: null, blocks: aims(catalogue).flatMap(ofAim), tiers: [] }
    },
  }
}

const unknownField: EndMatch = { is: 'unclear', doubt: 'the policy has a field that is not known here' }

function providerAt(spec: Reader): string | null {
  const name = field(field(spec, 'provider'), 'name')
  if (isAbsent(name)) refuse(name, 'is required for CUSTOM')
  return textAt(name)
}

/** As Istio reads it: any way to write "true". */
const isDryRun = (object: ModelObject): boolean =>
  ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(annotationOf(object, 'istio.io/dry-run') ?? '')
