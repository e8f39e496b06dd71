// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.hpp"

#include "cli/options.hpp"

namespace amparo::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : " ") + word;
  return out;
}

std::vector<std::string> names(std::span<const Option> options) {
  std::vector<std::string> words;
  for (const Option& option : options) {
    words.push_back("--" + std::string{option.name});
    if (option.letter != '\0') words.push_back(std::string{"-"} + option.letter);
  }
  return words;
}

void append(std::vector<std::string>& words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
}

std::vector<std::string> verb_names(std::span<const Verb* const> verbs) {
  std::vector<std::string> words;
  for (const Verb* verb : verbs)
    words.emplace_back(verb->name);
  return words;
}

// In single quotes of any of the three shells: none of the texts holds a line end.
std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return out + "'";
}

// zsh's _arguments and _describe give brackets and colons a meaning of their own.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// "case" arms that complete the value of each option which has a list of them; files for the rest.
std::string bash_values(std::string_view verb, std::span<const Option> options) {
  std::string out;
  const auto arm = [&](const Option& option) {
    std::string pattern = std::string{verb} + ":--" + std::string{option.name};
    if (option.letter != '\0') pattern += "|" + std::string{verb} + ":-" + option.letter;
    return "    " + pattern + ") ";
  };
  for (const Option& option : options) {
    if (option.argument.empty()) continue;
    const auto values = option_values(option);
    const std::string reply =
        values.empty() ? "compopt -o default" : "words=" + shell_quoted(joined(values));
    out += arm(option) + reply + " ;;\n";
  }
  return out;
}

// '(-o --out)'{-o+,--out=}'[what it does]:FILE:_files': one option under both of its names.
std::string zsh_names(const Option& option) {
  const std::string name = "--" + std::string{option.name};
  const bool has_argument = !option.argument.empty();
  const std::string long_name = name + (has_argument ? "=" : "");
  if (option.letter == '\0') return shell_quoted((option.repeatable ? "*" : "") + long_name);
  const std::string letter = std::string{"-"} + option.letter;
  const std::string short_name = letter + (has_argument ? "+" : "");
  return shell_quoted("(" + letter + " " + name + ")") + "{" + short_name + "," + long_name + "}";
}

std::string zsh_options(std::span<const Option> options, Language language) {
  std::string out;
  for (const Option& option : options) {
    std::string spec = "[" + zsh_text(option.help.in(language)) + "]";
    if (!option.argument.empty()) {
      const auto values = option_values(option);
      spec += ":" + std::string{option.argument} + ":";
      spec += values.empty() ? "_files" : "(" + joined(values) + ")";
    }
    out += "      " + zsh_names(option) + shell_quoted(spec) + " \\\n";
  }
  return out;
}

std::string fish_options(const std::string& condition,
                         std::span<const Option> options,
                         Language language) {
  std::string out;
  for (const Option& option : options) {
    out += "complete -c amparo" + condition + " -l " + std::string{option.name};
    if (option.letter != '\0') out += std::string{" -s "} + option.letter;
    const auto values = option_values(option);
    if (!values.empty()) {
      out += " -x -a " + shell_quoted(joined(values));
    } else if (!option.argument.empty()) {
      out += " -r -F";
    }
    out += " -d " + shell_quoted(option.help.in(language)) + "\n";
  }
  return out;
}

}  // namespace

std::string bash_completion(std::span<const Verb* const> verbs) {
  auto first = verb_names(verbs);
  first.emplace_back("help");
  append(first, names(program_options()));
  append(first, names(common_options()));
  std::string out =
      "# bash completion for amparo; written by: amparo --completion bash\n"
      "_amparo() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local verb='' words='' word\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case $word in\n      ";
  for (const Verb* verb : verbs)
    out += (verb == verbs.front() ? "" : "|") + std::string{verb->name};
  out +=
      ") verb=$word; break ;;\n"
      "    esac\n"
      "  done\n"
      "  COMPREPLY=()\n"
      "  case $verb:$previous in\n";
  for (const Verb* verb : verbs) {
    out += bash_values(verb->name, verb->options);
    out += bash_values(verb->name, common_options());
  }
  out += bash_values("", common_options());
  out +=
      "    *)\n"
      "      case $verb:$current in\n"
      "        :*) words='" +
      joined(first) + "' ;;\n";
  for (const Verb* verb : verbs) {
    auto words = names(verb->options);
    append(words, names(common_options()));
    out += "        " + std::string{verb->name} + ":-*) words='" + joined(words) + "' ;;\n";
  }
  out +=
      "        *) compopt -o default ;;\n"
      "      esac ;;\n"
      "  esac\n"
      "  [ -z \"$words\" ] || COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
      "}\n"
      "complete -F _amparo amparo\n";
  return out;
}

std::string zsh_completion(std::span<const Verb* const> verbs, Language language) {
  std::string out =
      "#compdef amparo\n"
      "# zsh completion for amparo; written by: amparo --completion zsh\n"
      "_amparo() {\n"
      "  local context state line\n"
      "  typeset -A opt_args\n"
      "  local -a verbs\n"
      "  verbs=(\n";
  for (const Verb* verb : verbs) {
    const auto entry = std::string{verb->name} + ":" + zsh_text(verb->summary.in(language));
    out += "    " + shell_quoted(entry) + "\n";
  }
  out +=
      "  )\n"
      "  _arguments -C \\\n" +
      zsh_options(program_options(), language) + zsh_options(common_options(), language) +
      "      '1:verb:->verb' \\\n"
      "      '*::argument:->arguments'\n"
      "  case $state in\n"
      "  verb) _describe verb verbs ;;\n"
      "  arguments)\n"
      "    case $words[1] in\n";
  for (const Verb* verb : verbs) {
    out += "    " + std::string{verb->name} + ")\n    _arguments \\\n" +
           zsh_options(verb->options, language) + zsh_options(common_options(), language) +
           "      '*:file:_files' ;;\n";
  }
  out +=
      "    esac ;;\n"
      "  esac\n"
      "}\n"
      "_amparo \"$@\"\n";
  return out;
}

std::string fish_completion(std::span<const Verb* const> verbs, Language language) {
  const auto all = joined(verb_names(verbs));
  const std::string before_verb = " -n 'not __fish_seen_subcommand_from " + all + "'";
  std::string out = "# fish completion for amparo; written by: amparo --completion fish\n";
  for (const Verb* verb : verbs) {
    out += "complete -c amparo -f" + before_verb + " -a " + std::string{verb->name} + " -d " +
           shell_quoted(verb->summary.in(language)) + "\n";
  }
  out += fish_options(before_verb, program_options(), language);
  for (const Verb* verb : verbs) {
    out += fish_options(" -n '__fish_seen_subcommand_from " + std::string{verb->name} + "'",
                        verb->options,
                        language);
  }
  out += fish_options("", common_options(), language);
  return out;
}

}  // namespace amparo::cli
