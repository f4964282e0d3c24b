import { join, relative } from 'node:path'
import { BaseSequencer, createVitest, type TestSpecification } from 'vitest/node'

/** Runs tests of a copy again and again in one process, so that only what changed is read anew. */
export type Noticer = {
  /** The first of these test files, below core/policy, of which a test fails; null: none. Throws where one cannot run. */
  readonly firstFailing: (files: readonly string[]) => Promise<string | null>
  /** To be told of a file that was written. */
  readonly changed: (path: string) => void
  readonly close: () => Promise<void>
}

/** Vitest would begin with what failed before, or takes long. */
class AsListed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files
  }
}

/** @param copy a folder with `core` and `node_modules` */
export async function noticer(copy: string): Promise<Noticer> {
  const folder = join(copy, 'core/policy')
  const vitest = await createVitest(
    'test',
    {
      root: copy,
      config: false,
      watch: true,
      bail: 1,
      pool: 'threads',
      isolate: false,
      maxWorkers: 1,
      testTimeout: 120_000,
      include: ['core/policy/**/*.test.ts'],
      reporters: [{}],
      sequence: { sequencer: AsListed },
    },
    { resolve: { alias: { '@': copy } }, server: { watch: null }, logLevel: 'error' },
  )
  await vitest.standalone()
  const [project] = vitest.projects
  if (!project) throw new Error('there is no project of tests')
  return {
    firstFailing: async (files) => {
      const paths = files.map((file) => join(folder, file))
      const specs = paths.map((path) => project.createSpecification(path))
      // Else what is not reached after a failure would have the result of an earlier run.
      vitest.state.clearFiles(project, paths)
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specs)
      const ran = testModules.filter(({ moduleId }) => paths.includes(moduleId))
      for (const one of ran) {
        const file = relative(folder, one.moduleId)
        if ([...one.children.allTests('failed')].length > 0) return file
        if (one.state() === 'failed')
          throw new Error(
            `${file} does not run: ${one
              .errors()
              .map(({ message }) => message)
              .join('; ')}`,
          )
      }
      if (ran.length < files.length) throw new Error(`only ${ran.length} of ${files.length} files of tests ran`)
      if (unhandledErrors.length > 0) throw new Error(`tests do not run: ${String(unhandledErrors[0])}`)
      return null
    },
    changed: (path) => vitest.invalidateFile(path),
    close: () => vitest.close(),
  }
}
