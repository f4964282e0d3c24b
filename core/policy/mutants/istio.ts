import type { FlippedFile } from './mutant'

const istio = [
  'kinds/istio-authorization.test.ts',
  'kinds/istio-rule.test.ts',
  'kinds/istio-peer-authentication.test.ts',
]

/** The kinds of Istio. */
export const istioFlips: readonly FlippedFile[] = [
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
]
