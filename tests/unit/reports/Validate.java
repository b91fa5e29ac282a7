import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prints a line for each rule that each file breaks of each profile: file name, tab, profile, clause, what is wrong, where. */
public class Validate {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (String profile : arguments[0].split(",")) {
      for (int i = 1; i < arguments.length; i++) {
        for (String rule : broken(PDFAFlavour.byFlavourId(profile), Path.of(arguments[i]))) {
          System.out.println(Path.of(arguments[i]).getFileName() + "\t" + profile + " " + rule);
        }
      }
    }
  }

  private static Iterable<String> broken(PDFAFlavour profile, Path document) throws Exception {
    try (InputStream file = Files.newInputStream(document);
        PDFAParser parser = Foundries.defaultInstance().createParser(file, profile, PDFAFlavour.NO_FLAVOUR);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
      ValidationResult result = validator.validate(parser);
      Map<String, String> rules = new TreeMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          String clause = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
          rules.putIfAbsent(clause, clause + " " + assertion.getMessage() + " @ " + assertion.getLocation().getContext());
        }
      }
      if (!result.isCompliant() && rules.isEmpty()) {
        rules.put("", "not compliant, no rule named");
      }
      return rules.values();
    }
  }
}
