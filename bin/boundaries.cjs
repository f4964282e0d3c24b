// Checks the import rules of .dependency-cruiser.cjs. TypeScript 7 has no JavaScript API, so sources are parsed by
// @swc/core; dependency-cruiser does not tell it which files hold JSX, so this does.
const swc = require('@swc/core')
const { parseFileSync } = swc
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('x') })

const rooms = ['app', 'bin', 'collectors', 'components', 'core', 'demo', 'e2e', 'server']

async function main() {
  const { cruise, format } = await import('dependency-cruiser')
  const { default: extractOptions } = await import('dependency-cruiser/config-utl/extract-depcruise-options')
  const { default: extractWebpack } = await import('dependency-cruiser/config-utl/extract-webpack-resolve-config')
  const options = await extractOptions('./.dependency-cruiser.cjs')
  const resolve = await extractWebpack(options.webpackConfig.fileName)
  const { output } = await cruise(rooms, options, resolve)
  const report = await format(output, { outputType: 'err' })
  process.stdout.write(report.output)
  process.exitCode = report.exitCode
}

main()
