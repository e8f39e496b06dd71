#compdef amparo
# zsh completion for amparo; written by: amparo --completion zsh
_amparo() {
  local context state line
  typeset -A opt_args
  local -a verbs
  verbs=(
    'validate:holds documents against the standard'
    'convert:turns a country'\''s own file into a batch of the standard'
    'sample:writes a batch of invented cases'
  )
  _arguments -C \
      '--version''[Show the versions of the program, its libraries and the installed standard]' \
      '--lang=''[Language of all texts (default\: that of the system)]:LANGUAGE:(es en fr)' \
      '--color=''[Use colours\: auto does so on a terminal only, and honours NO_COLOR]:WHEN:(auto always never)' \
      '(-q --quiet)'{-q,--quiet}'[Show findings and errors only]' \
      '(-h --help)'{-h,--help}'[Show this help]' \
      '1:verb:->verb' \
      '*::argument:->arguments'
  case $state in
  verb) _describe verb verbs ;;
  arguments)
    case $words[1] in
    validate)
    _arguments \
      '--format=''[Form of the report on standard output (default text)]:FORMAT:(text json)' \
      '*--output=''[Write the report into a file too, whole or not at all; may be repeated]:FORMAT=FILE:_files' \
      '--fail-on=''[Severity from which the exit status is 1 (default error)]:SEVERITY:(error warning)' \
      '--as-of=''[Day on which a code must be valid; without it, validity dates are not checked]:DATE:_files' \
      '*--schema=''[Hold documents against another XML Schema 1.0 instead of the standard; may be repeated]:FILE:_files' \
      '--engine=''[What checks the grammar (default compiled); all tells where they differ]:ENGINE:(compiled xerces libxml2 all)' \
      '--cache=''[Folder that keeps what was compiled (default the user'\''s own), or none]:DIR|none:_files' \
      '--no-rules''[Do not check the rules]' \
      '--max-findings=''[Findings shown of each rule (default 100); all are counted]:N:_files' \
      '--jobs=''[Threads at work on one file (default one per processor, at most 8); the report is the same]:N:_files' \
      '--reveal''[Show values; the report becomes as confidential as the document]' \
      '--lang=''[Language of all texts (default\: that of the system)]:LANGUAGE:(es en fr)' \
      '--color=''[Use colours\: auto does so on a terminal only, and honours NO_COLOR]:WHEN:(auto always never)' \
      '(-q --quiet)'{-q,--quiet}'[Show findings and errors only]' \
      '(-h --help)'{-h,--help}'[Show this help]' \
      '*:file:_files' ;;
    convert)
    _arguments \
      '--mapping=''[Mapping\: an installed one by its name, or a .map.xml file]:NAME|FILE:_files' \
      '(-o --out)'{-o+,--out=}'[File to write, whole or not at all; - is standard output]:FILE:_files' \
      '--rejects=''[Rejected rows as they stood, with the header (default OUT.rejects.csv); the reasons go to FILE.reasons.csv. An earlier one that differs is kept as FILE.1]:FILE:_files' \
      '--max-rejects=''[With more rejects nothing is replaced, and rejects, reasons and ledger go to FILE.new (default 1%, and 100 rows at least)]:N|P%:_files' \
      '--ledger=''[The account of each column, as JSON]:FILE:_files' \
      '--id-key=''[Secret key of the case identifiers (default\: the user'\''s own, made at the first use)]:FILE:_files' \
      '--new-id-key=''[Make such a key and end]:FILE:_files' \
      '--stamp=''[Date and time of creation to write into the header (default\: the clock)]:WHEN:_files' \
      '--delimiter=''[Delimiter of fields, when it is not the mapping'\''s\: , ; | or tab]:CHAR:_files' \
      '--allow-unknown-columns''[Leave out columns that the mapping does not know, instead of stopping]' \
      '--dry-run''[Do everything but write; when there is no key, none is made]' \
      '--validate''[Validate the result before it is put in place (default)]' \
      '--no-validate''[Do not validate the result]' \
      '--fail-on=''[Severity from which the exit status is 1 (default error)]:SEVERITY:(error warning)' \
      '--lang=''[Language of all texts (default\: that of the system)]:LANGUAGE:(es en fr)' \
      '--color=''[Use colours\: auto does so on a terminal only, and honours NO_COLOR]:WHEN:(auto always never)' \
      '(-q --quiet)'{-q,--quiet}'[Show findings and errors only]' \
      '(-h --help)'{-h,--help}'[Show this help]' \
      '*:file:_files' ;;
    sample)
    _arguments \
      '--size=''[Size of the batch, like 500KB, 100MB or 1GB (powers of 1000)]:SIZE:_files' \
      '--cases=''[Number of cases, in place of a size]:N:_files' \
      '--seed=''[Seed (default 1)\: the same one always gives the same bytes]:N:_files' \
      '(-o --out)'{-o+,--out=}'[File to write, whole or not at all (default\: standard output)]:FILE:_files' \
      '--lang=''[Language of all texts (default\: that of the system)]:LANGUAGE:(es en fr)' \
      '--color=''[Use colours\: auto does so on a terminal only, and honours NO_COLOR]:WHEN:(auto always never)' \
      '(-q --quiet)'{-q,--quiet}'[Show findings and errors only]' \
      '(-h --help)'{-h,--help}'[Show this help]' \
      '*:file:_files' ;;
    esac ;;
  esac
}
_amparo "$@"
