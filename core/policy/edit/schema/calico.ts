import { flag, list, map, number, type SchemaNode, text, word } from './node'

const entity = map({
  selector: [text(), "Labels, such as app == 'web' && has(tier)."],
  namespaceSelector: [text(), 'Namespaces by labels; without it a namespaced policy means its own.'],
  notSelector: [text(), 'Labels that must not fit.'],
  nets: [list(text()), 'Address ranges.'],
  notNets: [list(text()), 'Address ranges that do not count.'],
  ports: [list(text('ports')), 'Numbers, ranges such as 80:90, or names.'],
  notPorts: [list(text('ports')), 'Ports that do not count.'],
  serviceAccounts: [
    map({ names: [list(text()), 'By name.'], selector: [text(), 'By labels.'] }),
    'Service accounts of the pods.',
  ],
  services: [
    map({ name: [text(), 'Its name.'], namespace: [text('namespaces'), 'Its namespace.'] }),
    'What stands behind a Service.',
  ],
  domains: [list(text()), 'DNS names, for egress that is allowed.'],
})
const protocol = word('TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6', 'UDPLite')
const rule = map({
  action: [word('Allow', 'Deny', 'Pass', 'Log'), 'The first rule that matches decides; Pass goes on to the next tier.'],
  protocol: [protocol, 'Needed beside ports.'],
  notProtocol: [protocol, 'Every protocol but this.'],
  source: [entity, 'Where it comes from.'],
  destination: [entity, 'Where it goes, and the ports there.'],
  ipVersion: [word('4', '6'), 'Only this family.'],
  http: [
    map({
      methods: [list(text()), 'Methods, such as GET.'],
      paths: [list(map({ exact: [text(), 'This path.'], prefix: [text(), 'This path and what is below.'] })), 'Paths.'],
    }),
    'Requests, for ingress that is allowed.',
  ],
})

const common: Readonly<Record<string, readonly [SchemaNode, string]>> = {
  tier: [text('tiers'), 'The tier that it is in; default where it is not given.'],
  order: [number(), 'Within its tier; lower is read first, none is last.'],
  selector: [text(), "Pods that it is about, such as app == 'db'; all() for every one."],
  serviceAccountSelector: [text(), 'Only pods of service accounts with these labels.'],
  types: [list(word('Ingress', 'Egress')), 'Directions that it governs.'],
  ingress: [list(rule), 'Rules for what comes in, read in order.'],
  egress: [list(rule), 'Rules for what goes out, read in order.'],
}
const global: typeof common = {
  namespaceSelector: [text(), 'Only pods of these namespaces.'],
  applyOnForward: [flag, 'Also judges what hosts forward.'],
  preDNAT: [flag, 'Judges before addresses are rewritten; hosts only.'],
  doNotTrack: [flag, 'Judges before connections are tracked; hosts only.'],
}
export const stagedAction = {
  stagedAction: [word('Set', 'Delete', 'Learn', 'Ignore'), 'What would become of the policy of this name.'],
} as const

export const calicoPolicySpec = map(common)
export const calicoGlobalSpec = map({ ...common, ...global })
export const calicoStagedSpec = map({ ...stagedAction, ...common })
export const calicoStagedGlobalSpec = map({ ...stagedAction, ...common, ...global })
