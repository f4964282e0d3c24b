import { route } from '@/server/http'
import { setupView } from '@/server/views/setup'

export const GET = route(setupView)
