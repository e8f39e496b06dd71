# bash completion for amparo; written by: amparo --completion bash
_amparo() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local verb='' words='' word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      validate|convert|sample) verb=$word; break ;;
    esac
  done
  COMPREPLY=()
  case $verb:$previous in
    validate:--format) words='text json' ;;
    validate:--output) compopt -o default ;;
    validate:--fail-on) words='error warning' ;;
    validate:--as-of) compopt -o default ;;
    validate:--schema) compopt -o default ;;
    validate:--engine) words='compiled xerces libxml2 all' ;;
    validate:--cache) compopt -o default ;;
    validate:--max-findings) compopt -o default ;;
    validate:--jobs) compopt -o default ;;
    validate:--lang) words='es en fr' ;;
    validate:--color) words='auto always never' ;;
    convert:--mapping) compopt -o default ;;
    convert:--out|convert:-o) compopt -o default ;;
    convert:--rejects) compopt -o default ;;
    convert:--max-rejects) compopt -o default ;;
    convert:--ledger) compopt -o default ;;
    convert:--id-key) compopt -o default ;;
    convert:--new-id-key) compopt -o default ;;
    convert:--stamp) compopt -o default ;;
    convert:--delimiter) compopt -o default ;;
    convert:--fail-on) words='error warning' ;;
    convert:--lang) words='es en fr' ;;
    convert:--color) words='auto always never' ;;
    sample:--size) compopt -o default ;;
    sample:--cases) compopt -o default ;;
    sample:--seed) compopt -o default ;;
    sample:--out|sample:-o) compopt -o default ;;
    sample:--lang) words='es en fr' ;;
    sample:--color) words='auto always never' ;;
    :--lang) words='es en fr' ;;
    :--color) words='auto always never' ;;
    *)
      case $verb:$current in
        :*) words='validate convert sample help --version --lang --color --quiet -q --help -h' ;;
        validate:-*) words='--format --output --fail-on --as-of --schema --engine --cache --no-rules --max-findings --jobs --reveal --lang --color --quiet -q --help -h' ;;
        convert:-*) words='--mapping --out -o --rejects --max-rejects --ledger --id-key --new-id-key --stamp --delimiter --allow-unknown-columns --dry-run --validate --no-validate --fail-on --lang --color --quiet -q --help -h' ;;
        sample:-*) words='--size --cases --seed --out -o --lang --color --quiet -q --help -h' ;;
        *) compopt -o default ;;
      esac ;;
  esac
  [ -z "$words" ] || COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _amparo amparo
