// Who may import what: the table of docs/architecture.md as rules. A break is an error.
const tests = '(\\.test\\.tsx?|/test-.*|/testing.*\\.ts)$'

const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only: ${allowed.join(', ')}`,
  from: { path: from, pathNot: tests },
  to: { path: '^(app|bin|collectors|components|core|demo|e2e|prisma|server)/', pathNot: allowed },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^(node:|server-only)' } },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core imports zod and itself',
      from: { path: '^core/', pathNot: [tests, '^core/policy/edit/'] },
      to: { pathNot: '^(core/|node_modules/zod/)' },
    },
    {
      name: 'policy-edit-is-pure',
      severity: 'error',
      comment: 'the editor of policies changes YAML as it was written, so it also imports yaml',
      from: { path: '^core/policy/edit/', pathNot: tests },
      to: { pathNot: '^(core/|node_modules/(zod|yaml)/)' },
    },
    only('db', '^server/db/', ['^core/', '^server/db/', '^server/(env|log|errors)\\.ts$']),
    only('kubernetes', '^server/kubernetes/', ['^core/', '^server/kubernetes/', '^server/(env|log|errors)\\.ts$']),
    only('views', '^server/(views|changes)/', [
      '^core/',
      '^server/(db|kubernetes|views|changes)/',
      '^server/[^/]+\\.ts$',
    ]),
    {
      name: 'views-know-no-http',
      severity: 'error',
      comment: 'views and what they load know nothing of HTTP, so that jobs and tests can ask the same questions',
      from: { path: '^server/(views/|changes/|world|flows|sources|steps)', pathNot: tests },
      to: { path: '^server/(http|live-stream|guard|problem)\\.ts$' },
    },
    only('jobs', '^server/jobs/', ['^core/', '^server/(db|jobs)/', '^server/(log|errors|env|metrics)\\.ts$']),
    only('api', '^app/(api|healthz|readyz)/', [
      '^server/(http|live|live-stream|live-end|standing|openapi|health|guard)\\.ts$',
      '^server/(views|changes)/',
    ]),
    only('ui', '^components/ui/', ['^components/ui/']),
    only('components', '^components/(?!ui/)', ['^components/', '^core/']),
    only('console', '^app/(?!api/|healthz/|readyz/|login/|logout/)', [
      '^app/',
      '^components/',
      '^core/',
      '^server/views/',
      '^server/login/who\\.ts$',
    ]),
    only('login', '^app/(login|logout)/', ['^components/', '^core/', '^server/login/']),
    only('kit', '^collectors/kit/', ['^core/', '^collectors/kit/', '^server/errors\\.ts$']),
    only('source', '^collectors/(?!kit/)([^/]+)/', [
      '^core/',
      '^collectors/source\\.ts$',
      '^collectors/kit/',
      '^collectors/$1/',
      '^server/(env|log|errors)\\.ts$',
      '^server/kubernetes/',
    ]),
    only('collector', '^collectors/[^/]+\\.ts$', [
      '^core/',
      '^collectors/',
      '^server/(db|jobs|kubernetes)/',
      '^server/(env|log|errors|metrics)\\.ts$',
    ]),
    only('demo', '^demo/', ['^demo/', '^core/']),
    only('e2e', '^e2e/', ['^e2e/']),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['server/db/generated', '\\.next'] },
    webpackConfig: { fileName: './bin/boundaries-resolve.cjs' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
