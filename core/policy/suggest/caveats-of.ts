import type { Profile } from '../profile'
import type { Draft } from './make-drafts'
import { leftOutWords } from './left-out'
import type { Caveat, CaveatCode, LeftOut, LeftOutReason, Suggestion } from './suggestion'

/** So many days are what recommenders advise to look at. */
const enoughDays = 5
/** Left out because nothing was known of it, not because it needs no rule. */
const willBeDenied: readonly LeftOutReason[] = [
  'ephemeral-port',
  'unknown-direction',
  'unknown-end',
  'unknown-port',
  'no-ports',
  'service-without-pods',
  'no-address',
  'no-identity',
  'open',
]

/** What to know before a suggestion is applied, in sentences. */
export function caveatsOf(
  suggestion: Omit<Suggestion, 'caveats'>,
  { sides }: Draft,
  { profile, dnsIsKnown }: { readonly profile: Profile; readonly dnsIsKnown: boolean },
): readonly Caveat[] {
  const { subject, ingress, egress, evidence, leftOut } = suggestion
  const caveats: Caveat[] = []
  const say = (code: CaveatCode, text: string) => caveats.push({ code, text })
  const left = (...reasons: readonly LeftOutReason[]) => leftOut.filter(({ reason }) => reasons.includes(reason))
  const claims = [...(sides.ingress ?? []), ...(sides.egress ?? [])].flatMap((atom) => atom.claims)
  const peers = [...(ingress ?? []), ...(egress ?? [])].flatMap((rule) => rule.peers)

  if (evidence.days < enoughDays)
    say(
      'short-window',
      `Seen on ${evidence.days === 1 ? 'one day' : `${evidence.days} days`} only. What happens seldom, such as jobs and ways taken when something fails, is not in it.`,
    )
  const together = [...subject.workloads.slice(1), ...subject.alsoSelects]
  if (together.length > 0 && Object.keys(subject.labels).length > 0)
    say('same-labels', `The labels also select ${together.join(', ')}.`)
  for (const peer of peers)
    if ('alsoSelects' in peer && peer.alsoSelects.length > 0 && peer.workloads.length > 0)
      say('same-labels', `Beside ${peer.workloads.join(', ')} a peer also takes in ${peer.alsoSelects.join(', ')}.`)
  for (const peer of peers)
    if (peer.type === 'addresses' && peer.size > peer.seen)
      say('wide-ranges', `${peer.cidr} has ${peer.size} addresses, of which ${peer.seen} were seen.`)
  const fromNodes = left('node-unclear')
  if (fromNodes.length > 0 || claims.some(({ direction, end }) => direction === 'ingress' && end.type === 'node'))
    say(
      'node-addresses',
      'Something comes from nodes. Behind a load balancer the address of the client may have been replaced by that of a node; see that such clients still get in.',
    )
  if (left('kubelet-probe').length > 0 && profile === 'generic')
    say(
      'probes',
      'Probes come from the pod’s own node and are always let in by the specification; not every network plugin does so.',
    )
  if (egress && !dnsIsKnown)
    say('dns-not-seen', 'The DNS of the cluster is not among the objects; the rule names where it usually is.')
  if (claims.some(({ flow }) => flow.amongBackends))
    say('any-backend', 'Some flows name a Service only, so that every pod behind it may be spoken to.')
  const hidden = left('hidden-end')
  if (hidden.length > 0) say('hidden-peers', `${leftOutText('hidden-end', hidden)}; they get no rule.`)
  for (const one of left('denied', 'denied-by-policy')) say('denied', `${leftOutText(one.reason, [one])}.`)
  for (const one of left(...willBeDenied))
    say('left-out-traffic', `${leftOutText(one.reason, [one])}; they get no rule and may be denied.`)
  return caveats
}

/** `Connections that have no port that is known (3)`. */
function leftOutText(reason: LeftOutReason, all: readonly LeftOut[]): string {
  const count = all.reduce((sum, one) => sum + one.count, 0)
  return `Connections that ${leftOutWords[reason]} (${count.toLocaleString('en-US')})`
}
