timeout 175 npx vitest run --config tests/vitest.config.ts "$@" 2>&1 | grep -v "^$" 
