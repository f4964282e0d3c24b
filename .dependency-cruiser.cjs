// Who may import what: the table of docs/architecture.md as rules. A break is an error.
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only: ${allowed.join(', ')}`,
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
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
      from: { path: '^core/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(core/|node_modules/zod/)' },
    },
    only('db', '^server/db/', ['^core/', '^server/db/', '^server/(env|log|errors)\\.ts$']),
    only('kubernetes', '^server/kubernetes/', ['^core/', '^server/kubernetes/', '^server/(env|log|errors)\\.ts$']),
    only('views', '^server/views/', [
      '^core/',
      '^server/(db|kubernetes|views)/',
      '^server/(world|view|errors|params|live)\\.ts$',
    ]),
    only('jobs', '^server/jobs/', ['^core/', '^server/(db|jobs)/', '^server/(log|errors|env|metrics)\\.ts$']),
    only('api', '^app/api/', ['^server/http\\.ts$', '^server/live\\.ts$', '^server/views/']),
    only('ui', '^components/ui/', ['^components/ui/']),
    only('components', '^components/(?!ui/)', ['^components/', '^core/']),
    only('console', '^app/(?!api/)', ['^app/', '^components/', '^core/', '^server/views/']),
    only('source', '^collectors/([^/]+)/', [
      '^core/',
      '^collectors/source\\.ts$',
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
