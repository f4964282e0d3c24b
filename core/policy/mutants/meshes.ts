import type { FlippedFile } from './mutant'

const istio = [
  'kinds/istio-authorization.test.ts',
  'kinds/istio-rule.test.ts',
  'kinds/istio-peer-authentication.test.ts',
]
const linkerd = ['kinds/linkerd-authorization.test.ts', 'kinds/linkerd-server.test.ts', 'kinds/linkerd-default.test.ts']

/** The kinds of Istio and Linkerd. */
export const meshFlips: readonly FlippedFile[] = [
  {
    file: 'kinds/istio-authorization.ts',
    tests: istio,
    flips: [
      {
        rule: 'DENY comes before ALLOW',
        find: "DENY: { action: 'deny', order: 1 }",
        put: "DENY: { action: 'deny', order: 3 }",
      },
      { rule: 'only ALLOW isolates', find: "isolates: action === 'allow'", put: "isolates: action !== 'allow'" },
      { rule: 'a dry run is staged', find: "isDryRun(object) ? 'staged' : 'enforced'", put: "'enforced'" },
      {
        rule: 'an AUDIT behind a waypoint asks nobody',
        find: "action === 'log' ? [] : [elsewhere",
        put: "action === 'deny' ? [] : [elsewhere",
      },
    ],
  },
  {
    file: 'kinds/istio-terms.ts',
    tests: [...istio, 'kinds/istio-laws.test.ts'],
    flips: [
      {
        rule: 'an ALLOW with a condition on HTTP never matches TCP',
        find: "http.length === 0 || action !== 'allow'",
        put: 'true',
      },
      { rule: 'ztunnel reads no HTTP', find: 'if (onlyTcp) return fitsTcp ? [tcp] : []', put: '' },
      {
        rule: 'the client behind proxies is not known for HTTP',
        find: 'clients.length > 0 ? [forwardedFor] : []',
        put: 'clients.length > 9 ? [forwardedFor] : []',
      },
      {
        rule: 'sources of a rule are alternatives',
        find: "[{ is: 'some', of: simple.map(",
        put: "[{ is: 'every', of: simple.map(",
      },
    ],
  },
  {
    file: 'kinds/istio-peer-modes.ts',
    tests: istio,
    flips: [
      { rule: 'STRICT denies who proves nothing', find: "mode === 'STRICT' ? [", put: "mode === 'PERMISSIVE' ? [" },
      {
        rule: 'UNSET leaves it to what is less near',
        find: "if (mode === 'UNSET') return []",
        put: "if (mode === 'DISABLE') return []",
      },
      {
        rule: 'ports are told for selected workloads only',
        find: 'const counting = narrow ? ports : []',
        put: 'const counting = ports',
      },
      {
        rule: 'a policy of the root namespace with a selector counts nowhere',
        find: "if (narrow) return root ? null : 'workload'",
        put: "if (narrow) return 'workload'",
      },
    ],
  },
  {
    file: 'kinds/istio-peer-authentication.ts',
    tests: istio,
    flips: [
      {
        rule: 'the policy of the workload speaks first',
        find: "['workload', 'namespace', 'mesh']",
        put: "['mesh', 'namespace', 'workload']",
      },
      { rule: 'of one level only the oldest speaks', find: "alone: level ?? 'none',", put: '' },
    ],
  },
  {
    file: 'kinds/istio-subject.ts',
    tests: istio,
    flips: [
      {
        rule: 'the root namespace is about all',
        find: 'namespace === istioRoot ? anyNamespace : namespaceNamed(namespace), labels)',
        put: 'namespaceNamed(namespace), labels)',
      },
      {
        rule: 'only pods with a proxy are judged',
        find: "of: [subject, { is: 'mesh', mesh: 'istio' }]",
        put: 'of: [subject]',
      },
    ],
  },
  {
    file: 'kinds/istio-values.ts',
    tests: istio,
    flips: [
      {
        rule: 'a list with not is the opposite',
        find: "[{ is: 'not', of: match(not) } as const]",
        put: '[match(not)]',
      },
      {
        rule: 'a leading * is an end',
        find: "if (text.startsWith('*')) return { how: 'suffix'",
        put: "if (text.startsWith('*')) return { how: 'prefix'",
      },
      {
        rule: 'cluster.local stands for the trust domain',
        find: 'if (!value.startsWith(ownDomain)) return wildcard(value)',
        put: 'if (value) return wildcard(value)',
      },
    ],
  },
  {
    file: 'kinds/istio-operation.ts',
    tests: istio,
    flips: [
      { rule: 'notPorts are excepted', find: 'complementPorts(set(not))', put: 'complementPorts(set([]))' },
      { rule: 'hosts have no case', find: 'wildcard(host.toLowerCase())', put: 'wildcard(host)' },
    ],
  },
  {
    file: 'kinds/istio-source.ts',
    tests: istio,
    flips: [
      {
        rule: 'a source that is not known lets nobody in',
        find: 'policy.allows ? nothing : anything',
        put: 'policy.allows ? anything : nothing',
      },
      {
        rule: 'tokens are not known',
        find: "hasValues(requests) ? [{ is: 'unclear'",
        put: "!hasValues(requests) ? [{ is: 'unclear'",
      },
    ],
  },
  {
    file: 'kinds/istio-plaintext.ts',
    tests: istio,
    flips: [
      {
        rule: 'where mTLS is off identities may not be proven',
        find: "read.modes.includes('DISABLE')",
        put: "read.modes.includes('UNSET')",
      },
    ],
  },
  {
    file: 'kinds/mesh-ports.ts',
    tests: istio,
    flips: [
      {
        rule: 'ports of the proxy pass it by',
        find: '{ from: 15_090, to: 15_090 }',
        put: '{ from: 15_091, to: 15_091 }',
      },
    ],
  },
  {
    file: 'kinds/skipped-ports.ts',
    tests: [...linkerd, ...istio],
    flips: [
      { rule: 'ports that pods name pass the proxy by', find: "action: 'pass'", put: "action: 'log'" },
      { rule: 'a range of ports has its end', find: 'to: Number(to ?? from)', put: 'to: Number(from)' },
    ],
  },
  {
    file: 'kinds/linkerd-server.ts',
    tests: linkerd,
    flips: [
      {
        rule: 'a Server lets nobody in whom nothing authorizes',
        find: "accessWords) ?? 'deny'",
        put: "accessWords) ?? 'all-unauthenticated'",
      },
      {
        rule: 'authorizations come before their Server',
        find: 'authorizationOrder = 0',
        put: 'authorizationOrder = 2',
      },
    ],
  },
  {
    file: 'kinds/linkerd-authorization.ts',
    tests: linkerd,
    flips: [
      {
        rule: 'who needs an authentication that is not there lets nobody in',
        find: 'if (known.length < parts.length) return null',
        put: '',
      },
      {
        rule: 'all required authentications must match',
        find: "{ is: 'every', of: known }",
        put: "{ is: 'some', of: known }",
      },
      {
        rule: 'none required is everybody',
        find: 'known.length === 0 ? anything :',
        put: 'known.length === 0 ? null :',
      },
      {
        rule: 'a route that is not known leaves it open',
        find: "?? { is: 'unclear', doubt: `the ${kind}",
        put: "?? { is: 'plain', doubt: `the ${kind}",
      },
    ],
  },
  {
    file: 'kinds/linkerd-server-authorization.ts',
    tests: linkerd,
    flips: [
      {
        rule: 'networks and identities must both match',
        find: "networks ? { is: 'every', of: [networks, who] } : who",
        put: 'who',
      },
    ],
  },
  {
    file: 'kinds/linkerd-route.ts',
    tests: linkerd,
    flips: [
      {
        rule: 'a prefix ends at a slash',
        find: "{ how: 'prefix', text: `${folder}/` }",
        put: "{ how: 'prefix', text: folder }",
      },
      {
        rule: 'without routes a Server takes everything',
        find: 'if (routes.length === 0 || routes.some(({ open }) => open)) return null',
        put: 'if (routes.some(({ open }) => open)) return null',
      },
      {
        rule: 'a Server with routes takes only what fits one',
        find: "of: [{ is: 'plain' }, ...routes.map(({ request }) => request)]",
        put: "of: [{ is: 'plain' }, { is: 'not', of: { is: 'plain' } }]",
      },
    ],
  },
  {
    file: 'kinds/linkerd-default.ts',
    tests: linkerd,
    flips: [
      {
        rule: 'the annotation of a pod counts before that of its namespace',
        find: 'value, subject, 3)',
        put: 'value, subject, 5)',
      },
      {
        rule: 'ports that need an identity deny who has none',
        find: "peer: { is: 'not', of: identity(anyText) }",
        put: 'peer: identity(anyText)',
      },
    ],
  },
  {
    file: 'kinds/linkerd-values.ts',
    tests: linkerd,
    flips: [
      {
        rule: '*. stands for first parts of an identity',
        find: "name.startsWith('*.') ? { how: 'suffix', text: rest }",
        put: "name.startsWith('*.') ? { how: 'exact', text: rest }",
      },
      {
        rule: 'authenticated is who proves an identity',
        find: "'all-authenticated': anyIdentity",
        put: "'all-authenticated': anything",
      },
      {
        rule: 'which networks belong to the cluster is a setting',
        find: "{ is: 'unclear', doubt: 'which networks belong to the cluster is a setting of Linkerd' }",
        put: "{ is: 'anything' }",
      },
    ],
  },
  {
    file: 'kinds/annotated-pods.ts',
    tests: [...linkerd, ...istio],
    flips: [
      {
        rule: 'pods of the same labels with other annotations leave it open',
        find: 'values.size > 1 ?',
        put: 'values.size > 9 ?',
      },
      {
        rule: 'pods are told by labels that they lack too',
        find: "value === undefined ? { op: 'lacks', key }",
        put: "value === undefined ? { op: 'any' }",
      },
    ],
  },
]
