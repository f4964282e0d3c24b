import { labels, list, map, type SchemaNode, text, word } from './node'

const selector = map({ matchLabels: [labels('labels'), 'Workloads by labels; without it all of the namespace.'] })
const both = (
  name: string,
  node: SchemaNode,
  info: string,
): Readonly<Record<string, readonly [SchemaNode, string]>> => ({
  [name]: [node, info],
  [`not${name.charAt(0).toUpperCase()}${name.slice(1)}`]: [
    node,
    `Not these: ${info.charAt(0).toLowerCase()}${info.slice(1)}`,
  ],
})
const source = map({
  ...both('principals', list(text()), 'Identities, such as cluster.local/ns/shop/sa/web.'),
  ...both('namespaces', list(text('namespaces')), 'Namespaces of the callers.'),
  ...both('serviceAccounts', list(text()), 'Service accounts, such as shop/web.'),
  ...both('ipBlocks', list(text()), 'Addresses that the packet comes from.'),
  ...both('remoteIpBlocks', list(text()), 'Addresses of the client, as a proxy tells.'),
  ...both('requestPrincipals', list(text()), 'Identities of tokens.'),
})
const operation = map({
  ...both('ports', list(text('port-texts')), 'Ports of the workload, as texts.'),
  ...both('methods', list(text()), 'Methods of HTTP.'),
  ...both('paths', list(text()), 'Paths; * at one end stands for anything.'),
  ...both('hosts', list(text()), 'Hosts that are asked for.'),
})
const rule = map({
  from: [list(map({ source: [source, 'All that it says must hold.'] })), 'Callers; one of them.'],
  to: [list(map({ operation: [operation, 'All that it says must hold.'] })), 'Operations; one of them.'],
  when: [
    list(
      map({
        key: [text(), 'An attribute, such as request.headers[x].'],
        values: [list(text()), 'One of these.'],
        notValues: [list(text()), 'None of these.'],
      }),
    ),
    'Conditions that must all hold.',
  ],
})
const target = map({
  kind: [text(), 'Service or Gateway.'],
  group: [text(), 'Its API group.'],
  name: [text(), 'Its name.'],
})

export const authorizationSpec = map({
  selector: [selector, 'Workloads that it is about.'],
  targetRefs: [list(target), 'Instead of a selector: what a waypoint or gateway judges.'],
  action: [word('ALLOW', 'DENY', 'AUDIT', 'CUSTOM'), 'DENY is read before ALLOW; ALLOW isolates.'],
  rules: [list(rule), 'ALLOW without rules lets nobody in; an empty rule is everybody.'],
  provider: [map({ name: [text(), 'As the mesh configuration names it.'] }), 'Who is asked, for CUSTOM.'],
})

const mtls = map({ mode: [word('STRICT', 'PERMISSIVE', 'DISABLE', 'UNSET'), 'STRICT refuses plaintext.'] })
export const peerAuthenticationSpec = map({
  selector: [selector, 'Workloads that it is about.'],
  mtls: [mtls, 'Whether plaintext is taken.'],
  portLevelMtls: [map({}), 'Modes by port number, where a selector is given.'],
})
