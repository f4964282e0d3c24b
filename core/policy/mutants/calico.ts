import type { FlippedFile } from './mutant'

const policy = ['kinds/calico-policy.test.ts', 'kinds/calico-rule.test.ts']

/** The kinds of Calico. */
export const calicoFlips: readonly FlippedFile[] = [
  {
    file: 'kinds/calico-spec.ts',
    tests: policy,
    flips: [
      {
        rule: 'without types a policy with no egress rules is about ingress',
        find: "has('ingress') || !has('egress')",
        put: "has('ingress')",
      },
      { rule: 'whom it selects is isolated', find: 'isolates: true', put: 'isolates: false' },
      { rule: 'without an order it is last', find: '?? lastOrder', put: '?? 0' },
      { rule: 'a tier that is not known leaves it open', find: 'name === null\n', put: 'name === undefined\n' },
    ],
  },
  {
    file: 'kinds/calico-tier.ts',
    tests: policy,
    flips: [
      { rule: 'a tier denies at its end unless it passes', find: "action === 'Pass' ? 'next' : 'deny'", put: "'next'" },
    ],
  },
  {
    file: 'kinds/calico-entity.ts',
    tests: policy,
    flips: [
      {
        rule: 'a notSelector too limits a rule to its namespace',
        find: '!(labels || accounts || notSelector)',
        put: '!(labels || accounts)',
      },
      { rule: 'notNets are excepted', find: "fixed.push({ is: 'not', of: notNets })", put: 'fixed.push(notNets)' },
      {
        rule: 'notSelector is the opposite',
        find: "of.push({ is: 'not', of: selectedEnd(notSelector, catalogue) })",
        put: 'of.push(selectedEnd(notSelector, catalogue))',
      },
    ],
  },
  {
    file: 'kinds/calico-rule.ts',
    tests: ['kinds/calico-rule.test.ts', 'kinds/calico-validation.test.ts'],
    flips: [
      {
        rule: 'the peer of ingress is the source',
        find: '? [source, destination] : [destination, source]',
        put: '? [destination, source] : [source, destination]',
      },
      {
        rule: 'a rule that is not known allows nobody',
        find: "action === 'log') return { action, path, peer: nothing",
        put: "action === 'log') return { action, path, peer: anything",
      },
      { rule: 'ports of the source count', find: '...(sourcePorts ? { sourcePorts } : {}),', put: '' },
      {
        rule: 'the version of IP counts',
        find: "return [{ is: 'address', cidrs: [everyAddress[version]]",
        put: "return [{ is: 'address', cidrs: ['0.0.0.0/0', '::/0']",
      },
    ],
  },
  {
    file: 'kinds/calico-ports.ts',
    tests: ['kinds/calico-rule.test.ts', 'kinds/calico-validation.test.ts'],
    flips: [
      {
        rule: 'notProtocol is excepted',
        find: "if (notProtocol !== null) none.push({ protocol: notProtocol, port: 'any' })",
        put: '',
      },
    ],
  },
  {
    file: 'kinds/calico-selector.ts',
    tests: ['kinds/calico-selector.test.ts'],
    flips: [
      { rule: 'two ! are none', find: 'negated = !negated', put: 'negated = true' },
      {
        rule: '&& binds stronger than ||',
        find: "chain(cursor, '||', () => chain(cursor, '&&', () => condition(cursor)))",
        put: "chain(cursor, '&&', () => chain(cursor, '||', () => condition(cursor)))",
      },
    ],
  },
  {
    file: 'kinds/calico-labels.ts',
    tests: [...policy, 'kinds/calico-ends.test.ts'],
    flips: [
      {
        rule: 'all() of namespaces is what has one',
        find: "about === 'namespace' ? { op: 'has', key: calicoKeys.namespace } : { op: 'any' }",
        put: "{ op: 'any' }",
      },
    ],
  },
  {
    file: 'kinds/calico-ends.ts',
    tests: ['kinds/calico-ends.test.ts', ...policy],
    flips: [
      {
        rule: 'pods on the network of their node are never selected',
        find: 'of: [podEnd(match, catalogue), podNetwork]',
        put: 'of: [podEnd(match, catalogue)]',
      },
      {
        rule: 'every pod has a namespace',
        find: "if (match.op === 'lacks') return nothing",
        put: "if (match.op === 'lacks') return anything",
      },
    ],
  },
  {
    file: 'kinds/calico-policy.ts',
    tests: ['kinds/calico-staged.test.ts'],
    flips: [
      {
        rule: 'a staged deletion has no rules',
        find: "blocks: action === 'Delete' || action === 'Ignore' ? []",
        put: "blocks: action === 'Ignore' ? []",
      },
      {
        rule: 'what is ignored replaces nothing',
        find: "replaces: action === 'Ignore' ? null : target",
        put: 'replaces: target',
      },
    ],
  },
  {
    file: 'kinds/calico-http.ts',
    tests: ['kinds/calico-rule.test.ts'],
    flips: [{ rule: 'a prefix ends at a segment', find: "path === '/' ? path : `${path}/`", put: 'path' }],
  },
  {
    file: 'kinds/calico-hosts.ts',
    tests: ['kinds/calico-policy.test.ts'],
    flips: [
      {
        rule: 'what goes into a host comes out of the pod',
        find: "direction === 'ingress' ? 'egress' : 'ingress'",
        put: 'direction',
      },
    ],
  },
  {
    file: 'kinds/calico-service.ts',
    tests: ['kinds/calico-rule.test.ts'],
    flips: [
      {
        rule: 'a Service that is not known leaves it open',
        find: "end: { is: 'unclear', doubt:",
        put: "end: { is: 'not', of: { is: 'anything' }, doubt:",
      },
    ],
  },
]
