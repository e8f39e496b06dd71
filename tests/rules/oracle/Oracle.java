// SPDX-License-Identifier: Apache-2.0
// Runs stylesheets made from the rules over documents, or the functions over their vectors.
//   Oracle SCHEMA_FOLDER run     each line of standard input: stylesheet TAB document [TAB as-of] ...
//                                printed: "= stylesheet TAB document", then what the stylesheet says
//   Oracle SCHEMA_FOLDER vectors each line: function TAB argument ... ; printed: the result
// "!" and a message stands where something could not be run.
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.DocumentBuilder;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.s9api.XsltTransformer;

public final class Oracle {
  private static final Processor processor = new Processor(false);
  private static final Map<String, XdmNode> documents = new HashMap<>();
  private static Functions functions;
  private static PrintStream out;

  public static void main(String[] arguments) throws Exception {
    out = new PrintStream(System.out, false, "UTF-8");
    functions = new Functions(new World(new File(arguments[0])));
    functions.register(processor);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    boolean vectors = arguments[1].equals("vectors");
    String compiledName = "";
    XsltExecutable compiled = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split("\t", -1);
      if (vectors) {
        vector(words);
        continue;
      }
      if (!words[0].equals(compiledName)) {
        compiled = compile(words[0]);
        compiledName = words[0];
      }
      out.println("= " + words[0] + "\t" + words[1]);
      functions.asOf = words.length > 2 ? words[2] : "";
      if (compiled != null) run(compiled, words[1]);
      else out.println("!\tdoes not compile");
    }
    out.flush();
  }

  private static XsltExecutable compile(String path) {
    XsltCompiler compiler = processor.newXsltCompiler();
    StringBuilder problems = new StringBuilder();
    compiler.setErrorListener(new javax.xml.transform.ErrorListener() {
      public void warning(javax.xml.transform.TransformerException e) {}
      public void error(javax.xml.transform.TransformerException e) { problems.append(e.getMessageAndLocation()).append('\n'); }
      public void fatalError(javax.xml.transform.TransformerException e) { error(e); }
    });
    try {
      return compiler.compile(new StreamSource(new File(path)));
    } catch (SaxonApiException e) {
      System.err.println(path + ": " + problems);
      return null;
    }
  }

  private static void run(XsltExecutable stylesheet, String path) throws Exception {
    XdmNode document = documents.get(path);
    if (document == null) {
      DocumentBuilder builder = processor.newDocumentBuilder();
      builder.setLineNumbering(true);
      document = builder.build(new File(path));
      documents.put(path, document);
    }
    try {
      XsltTransformer transformer = stylesheet.load();
      transformer.setErrorListener(new javax.xml.transform.ErrorListener() {
        public void warning(javax.xml.transform.TransformerException e) {}
        public void error(javax.xml.transform.TransformerException e) {}
        public void fatalError(javax.xml.transform.TransformerException e) {}
      });
      transformer.setInitialContextNode(document);
      StringWriter text = new StringWriter();
      transformer.setDestination(processor.newSerializer(text));
      transformer.transform();
      out.print(text);
    } catch (SaxonApiException e) {
      out.println("!\t" + e.getMessage().replace('\n', ' '));
    }
  }

  private static void vector(String[] words) {
    try {
      Functions.Body body = functions.bodies.get(words[0]);
      Object[] values = body.call(Arrays.copyOfRange(words, 1, 1 + functions.arity.get(words[0]))).toArray();
      StringBuilder text = new StringBuilder();
      for (Object v : values) text.append(text.length() > 0 ? "," : "").append(v);
      out.println(text);
    } catch (Exception e) {
      out.println("!" + e);
    }
  }
}
