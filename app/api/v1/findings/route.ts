import { route } from '@/server/http'
import { findingsView } from '@/server/views/findings'

export const GET = route(findingsView)
