// SPDX-License-Identifier: Apache-2.0
#include "converter/csv.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

namespace amparo::converter {
namespace {

using Fields = std::vector<std::string>;

/// Gives a string in pieces of a few bytes, so that every break between two reads is met.
class Pieces final : public ByteStream {
 public:
  Pieces(std::string bytes, std::size_t most) : bytes_(std::move(bytes)), most_(most) {}
  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t count = std::min({most_, into.size(), bytes_.size() - at_});
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), count, into.begin());
    at_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t most_;
  std::size_t at_ = 0;
};

struct All {
  std::vector<CsvRecord> records;
  std::string error;
  std::uint64_t blank_lines = 0;
};

All read_all_records(const std::string& bytes,
                     std::size_t piece = 1000,
                     char delimiter = ',',
                     std::size_t limit = 200) {
  Source source = Source::from_stream("in.csv", std::make_unique<Pieces>(bytes, piece), piece);
  CsvReader reader(source, delimiter, limit);
  All all;
  for (;;) {
    const auto more = reader.next();
    if (!more) {
      all.error = more.error().message;
      break;
    }
    if (!*more) break;
    all.records.push_back(reader.record());
  }
  all.blank_lines = reader.blank_lines();
  return all;
}

TEST_CASE("CsvReader reads what exports write", "[converter][csv]") {
  struct Case {
    std::string bytes;
    std::vector<Fields> records;
  };
  const auto c = GENERATE(Case{"", {}},
                          Case{"a", {{"a"}}},
                          Case{"a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
                          Case{"a,b\r\nc,d", {{"a", "b"}, {"c", "d"}}},
                          Case{"a,b\rc,d\r", {{"a", "b"}, {"c", "d"}}},
                          Case{"a,b\r\r\nc,d\r\r\n", {{"a", "b"}, {"c", "d"}}},
                          Case{"\xEF\xBB\xBF"
                               "a,b\n",
                               {{"a", "b"}}},
                          Case{"\"a\",\"b\"\n", {{"a", "b"}}},
                          Case{"\"a,b\",\"c\nd\",\"e\"\"f\"\n", {{"a,b", "c\nd", "e\"f"}}},
                          Case{"\"\",\n", {{"", ""}}},
                          Case{",,\n", {{"", "", ""}}},
                          Case{"\"\"\"\"\n", {{"\""}}},
                          Case{"5\"3,b\n", {{"5\"3", "b"}}},
                          Case{"a,b\n\n\nc,d\n\n", {{"a", "b"}, {"c", "d"}}},
                          Case{" a , b \n", {{" a ", " b "}}});
  const auto piece = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{1000});
  CAPTURE(c.bytes, piece);
  const All all = read_all_records(c.bytes, piece);
  std::vector<Fields> fields;
  for (const CsvRecord& record : all.records) {
    fields.push_back(record.fields);
    CHECK(record.defect == CsvDefect::None);
  }
  CHECK(fields == c.records);
  CHECK(all.error.empty());
}

TEST_CASE("CsvReader knows where each record stands and what its bytes are", "[converter][csv]") {
  const std::string bytes = "\xEF\xBB\xBFh,i\r\n\r\n\"a\nb\",c\r\nd,e";
  const auto piece = GENERATE(std::size_t{1}, std::size_t{3}, std::size_t{100});
  const All all = read_all_records(bytes, piece);
  REQUIRE(all.records.size() == 3);
  CHECK(all.records[0].line == 1);
  CHECK(all.records[0].offset == 3);
  CHECK(all.records[1].line == 3);
  CHECK(all.records[1].bytes == "\"a\nb\",c\r\n");
  CHECK(all.records[1].offset == 10);
  CHECK(all.records[2].line == 5);
  CHECK(all.records[2].bytes == "d,e");
  CHECK(all.blank_lines == 1);
}

TEST_CASE("a quote that is never closed costs its own line and no other", "[converter][csv]") {
  const All all = read_all_records("a,b\n1,\"x\n2,y\n3,z\n", 5);
  REQUIRE(all.records.size() == 4);
  CHECK(all.records[1].defect == CsvDefect::OpenQuote);
  CHECK(all.records[1].defect_field == 2);
  CHECK(all.records[1].bytes == "1,\"x\n");
  CHECK(all.records[2].fields == Fields{"2", "y"});
  CHECK(all.records[2].line == 3);
  CHECK(all.records[3].fields == Fields{"3", "z"});
}

TEST_CASE("a lost quote does not reach the next quoted field", "[converter][csv]") {
  const All all = read_all_records("1,\"x\n2,\"y\"\n3,z\n", 5);
  REQUIRE(all.records.size() == 3);
  CHECK(all.records[0].defect == CsvDefect::TextAfterQuote);
  CHECK(all.records[0].bytes == "1,\"x\n");
  CHECK(all.records[1].fields == Fields{"2", "y"});
}

TEST_CASE("text after a closing quote is a defect of its line", "[converter][csv]") {
  const All all = read_all_records("\"a\"b,c\nd,e\n", 5);
  REQUIRE(all.records.size() == 2);
  CHECK(all.records[0].defect == CsvDefect::TextAfterQuote);
  CHECK(all.records[0].defect_field == 1);
  CHECK(all.records[0].bytes == "\"a\"b,c\n");
  CHECK(all.records[1].fields == Fields{"d", "e"});
}

TEST_CASE("a line above the limit stops the reading, in quotes or not", "[converter][csv]") {
  const std::string start = GENERATE(as<std::string>{}, "", "\"");
  const All all = read_all_records("a,b\n" + start + std::string(500, 'x'), 50);
  CHECK(all.records.size() == 1);
  CHECK(all.error == "in.csv: line 2 is longer than 200 bytes; a row of a table never is");
}

TEST_CASE("an open quote with many lines after it costs one line, whatever the limit",
          "[converter][csv]") {
  std::string bytes = "\"a\n";
  for (int i = 0; i < 100; ++i)
    bytes += "1,2\n";
  const All all = read_all_records(bytes, 50);
  CHECK(all.error.empty());
  REQUIRE(all.records.size() == 101);
  CHECK(all.records[0].defect == CsvDefect::OpenQuote);
  CHECK(all.records[100].fields == Fields{"1", "2"});
}

TEST_CASE("UTF-16 is refused by name", "[converter][csv]") {
  const std::string bytes = GENERATE(std::string("\xFF\xFE"
                                                 "a\0",
                                                 4),
                                     std::string("\xFE\xFF\0a", 4),
                                     std::string("a\0,\0", 4),
                                     std::string("\0a\0,", 4));
  CHECK(read_all_records(bytes).error ==
        "in.csv: is UTF-16; save it as CSV UTF-8 and convert that");
}

TEST_CASE("what is written as CSV comes back, whatever the pieces", "[converter][csv]") {
  const auto seed = GENERATE(range(1U, 40U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::string alphabet = "ab,\"\n\r ;\xC3\xB1";
  std::vector<Fields> written;
  std::string bytes;
  for (unsigned r = 0; r < 20; ++r) {
    Fields fields(1 + random() % 4);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      for (auto n = random() % 6; n > 0; --n)
        fields[i] += alphabet[random() % alphabet.size()];
      bytes += i == 0 ? "\"" : ",\"";
      for (const char c : fields[i])
        bytes += c == '"' ? std::string("\"\"") : std::string(1, c);
      bytes += '"';
    }
    bytes += random() % 2 == 0 ? "\n" : "\r\n";
    written.push_back(fields);
  }
  const All all = read_all_records(bytes, 1 + random() % 10);
  std::vector<Fields> fields;
  std::string again;
  for (const CsvRecord& record : all.records) {
    fields.push_back(record.fields);
    again += record.bytes;
  }
  CHECK(fields == written);
  CHECK(again == bytes);
}

TEST_CASE("any bytes come out as records whose bytes are the input", "[converter][csv]") {
  const auto seed = GENERATE(range(100U, 140U));
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::string alphabet = "a,\"\n\r";
  std::string bytes = "h";
  for (int i = 0; i < 150; ++i)
    bytes += alphabet[random() % alphabet.size()];
  const All all = read_all_records(bytes, 1 + random() % 10, ',', 1000);
  std::string again;
  for (const CsvRecord& record : all.records)
    again += record.bytes;
  CHECK(all.error.empty());
  // Blank lines are left out between records, and are nothing but line ends.
  std::erase_if(bytes, [](char c) { return c == '\n' || c == '\r'; });
  std::erase_if(again, [](char c) { return c == '\n' || c == '\r'; });
  CHECK(again == bytes);
}

}  // namespace
}  // namespace amparo::converter
