import type { FlippedFile } from './mutant'

const index = ['kinds/cilium-index.test.ts', 'kinds/mesh-index.test.ts', 'index/index-laws.test.ts']

/** What answers questions, loads models and looks many ends up at once. */
export const questionFlips: readonly FlippedFile[] = [
  {
    file: 'connections.ts',
    tests: ['connections.test.ts'],
    flips: [
      {
        rule: 'a part ends where a rule does',
        find: 'if (last < highestPort) starts.add(last + 1)',
        put: 'if (last < highestPort) starts.add(last)',
      },
      {
        rule: 'rules of the mesh cut the ports too',
        find: ", ...tiersOf(compiled, to.workload, 'mesh', 'ingress')]",
        put: ']',
      },
    ],
  },
  {
    file: 'diff.ts',
    tests: ['diff.test.ts'],
    flips: [
      {
        rule: 'what is new is added',
        find: 'added: without(is.allowed, was.allowed)',
        put: 'added: without(was.allowed, is.allowed)',
      },
      {
        rule: 'a pair whose destination changed is compared',
        find: '!changed.get(from)?.egress && !changed.get(to)?.ingress',
        put: '!changed.get(from)?.egress',
      },
    ],
  },
  {
    file: 'explain.ts',
    tests: [
      'explain.test.ts',
      'kinds/calico-explain.test.ts',
      'kinds/istio-authorization.test.ts',
      'kind-laws.test.ts',
    ],
    flips: [
      {
        rule: 'the rule that is told fits the request',
        find: 'requestMatches(request, flow.request) !== no',
        put: 'requestMatches(request, flow.request) === no',
      },
    ],
  },
  {
    file: 'read-policy.ts',
    tests: ['unread-policy.test.ts', 'evaluate.test.ts', 'connections.test.ts', 'index/index-laws.test.ts'],
    flips: [
      {
        rule: 'what decides nothing leaves nothing open when unread',
        find: 'if (kind.onlyReferredTo) return { unread }',
        put: '',
      },
    ],
  },
  {
    file: 'unread-policy.ts',
    tests: ['unread-policy.test.ts'],
    flips: [
      { rule: 'the root namespace of Istio is about all', find: ' || ref.namespace === mesh?.root', put: '' },
      {
        rule: 'an unread policy of a mesh is about its proxies',
        find: "{ is: 'mesh', mesh: mesh.name }",
        put: "{ is: 'anything' }",
      },
    ],
  },
  {
    file: 'gather-pods.ts',
    tests: ['load-model.test.ts'],
    flips: [
      {
        rule: 'pods give their addresses to their controller',
        find: '...pods.flatMap((pod) => pod.workload.ips)',
        put: '',
      },
    ],
  },
  {
    file: 'load-model.ts',
    tests: ['load-model.test.ts', 'written.test.ts'],
    flips: [
      {
        rule: 'a namespace carries its name as a label',
        find: "labels: { ...namespace.labels, 'kubernetes.io/metadata.name': namespace.name }",
        put: 'labels: namespace.labels',
      },
      {
        rule: 'an object is kept as it is written',
        find: 'else found.objects.push(object)',
        put: 'else found.objects.push({ apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata, spec: object.spec })',
      },
    ],
  },
  {
    file: 'load-endpoints.ts',
    tests: ['load-endpoints.test.ts'],
    flips: [{ rule: 'slices count before Endpoints', find: 'slices.length > 0 ? slices : own', put: 'own' }],
  },
  {
    file: 'service-target.ts',
    tests: ['service-target.test.ts'],
    flips: [
      {
        rule: 'a headless Service leads straight to the port that is asked',
        find: "if (headless && typeof port === 'number' && portProtocol)",
        put: 'if (headless && port === 0 && portProtocol)',
      },
      {
        rule: 'backends that differ leave it open',
        find: 'others.length === 0 && target.doubts.length === 0',
        put: 'target.doubts.length === 0',
      },
    ],
  },
  {
    file: 'service-backends.ts',
    tests: ['service-target.test.ts'],
    flips: [
      {
        rule: 'a port of endpoints has the name of that of the Service',
        find: 'one.name === name && one.protocol === protocol',
        put: 'one.protocol === protocol',
      },
    ],
  },
  {
    file: 'index/row.ts',
    tests: index,
    flips: [
      { rule: 'index: what may be denied is not allowed', find: 'dropBits(allow, deny)', put: '' },
      {
        rule: 'index: who is isolated does not go on',
        find: "if (tier.end === 'next' || isolated !== yes)",
        put: "if (tier.end === 'next' || isolated !== no)",
      },
      {
        rule: 'index: who is asked may deny',
        find: " || action === 'unknown' || action === 'ask') addShared(ends.deny",
        put: " || action === 'unknown') addShared(ends.deny",
      },
      {
        rule: 'index: a condition on the workload itself counts',
        find: '(own && !hasBit(own.may, at.i))',
        put: '(own && hasBit(own.may, at.i))',
      },
      {
        rule: 'index: blocks without an order all read what was left',
        find: 'const reading = copyBits(alive)',
        put: 'const reading = left',
      },
    ],
  },
  {
    file: 'index/policy-index.ts',
    tests: index,
    flips: [
      {
        rule: 'index: an edit reads workloads of new blocks again',
        find: 'const right = b.slice(start, b.length - end)',
        put: 'const right = b.slice(start, start)',
      },
      {
        rule: 'index: an edit forgets the rows of whom it selects',
        find: 'for (const i of concerned) rows[direction][i] = undefined',
        put: '',
      },
    ],
  },
  {
    file: 'index/match-bits.ts',
    tests: index,
    flips: [
      {
        rule: 'index: who surely does not fit fits the opposite',
        find: 'sure: without(may), may: without(sure)',
        put: 'sure: without(sure), may: without(may)',
      },
      { rule: 'index: the answer depends on the node of who asks', find: '${subject.nodes.join()}', put: '' },
      {
        rule: 'index: the answer depends on the proxy of who asks',
        find: "case 'identity':\n      return true",
        put: "case 'identity':\n      return false",
      },
    ],
  },
  {
    file: 'index/merge-rows.ts',
    tests: ['index/merge-rows.test.ts'],
    flips: [{ rule: 'index: what both layers surely allow is not open', find: 'dropBits(open, allowed)', put: '' }],
  },
  {
    file: 'index/port-bits.ts',
    tests: index,
    flips: [
      {
        rule: 'index: a part ends where a rule does',
        find: 'starts[protocol]?.add(to + 1)',
        put: 'starts[protocol]?.add(to)',
      },
    ],
  },
  {
    file: 'index/replay.ts',
    tests: index,
    flips: [
      {
        rule: 'index: an open egress leaves the edge open',
        find: "egress === 'undefined' ? 'undefined' : ingress",
        put: 'ingress',
      },
      {
        rule: 'index: an edge is judged again where either row changed',
        find: "!changed('egress', edge.from) && !changed('ingress', edge.to)",
        put: "!changed('egress', edge.from)",
      },
    ],
  },
  {
    file: 'index/matrix.ts',
    tests: index,
    flips: [
      {
        rule: 'index: only a single pod is sure to be itself',
        find: "kind === 'Pod' ? [sure, possible] : []",
        put: '[sure, possible]',
      },
    ],
  },
]
