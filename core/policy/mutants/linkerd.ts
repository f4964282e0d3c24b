import type { FlippedFile } from './mutant'

const istio = [
  'kinds/istio-authorization.test.ts',
  'kinds/istio-rule.test.ts',
  'kinds/istio-peer-authentication.test.ts',
]
const linkerd = ['kinds/linkerd-authorization.test.ts', 'kinds/linkerd-server.test.ts', 'kinds/linkerd-default.test.ts']

/** The kinds of Linkerd, and what both meshes have. */
export const linkerdFlips: readonly FlippedFile[] = [
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
    flips: [{ rule: 'ports that pods name pass the proxy by', find: "action: 'pass'", put: "action: 'log'" }],
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
    ],
  },
]
