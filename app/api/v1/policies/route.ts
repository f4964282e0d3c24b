import { route } from '@/server/http'
import { policiesView } from '@/server/views/policies'

export const GET = route(policiesView)
