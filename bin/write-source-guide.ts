import { writeFileSync } from 'node:fs'
import { sourceGuide } from './source-guide'

writeFileSync('docs/sources.md', sourceGuide())
