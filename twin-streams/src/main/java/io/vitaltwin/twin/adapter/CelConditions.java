package io.vitaltwin.twin.adapter;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.vitaltwin.twin.core.Vital;
import io.vitaltwin.twin.core.rules.CustomRule.Condition;
import io.vitaltwin.twin.core.rules.CustomRule.Outcome;
import io.vitaltwin.twin.core.rules.CustomRule.Problem;
import io.vitaltwin.twin.core.rules.CustomRule.Test;

import java.util.List;
import java.util.Set;

/**
 * Makes conditions of expressions in the Common Expression Language. Everything that can be checked is checked here: names, types,
 * the size. What an expression may cost when it is asked has a limit as well: the stream must not wait for it.
 *
 * <p>Making one takes a second or so of the language's own start; a rule set without custom rules never makes one.
 */
final class CelConditions {

    /** Elements that one asking may visit; there are no loops but those over lists. Project default, no source. */
    static final int MOST_STEPS = 1_000;
    /** Longest expression, in characters. Project default, no source. */
    static final int LONGEST = 2_000;
    private static final int DEEPEST = 40;

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    CelConditions() {
        CelOptions options = CelOptions.current()
                .comprehensionMaxIterations(MOST_STEPS)
                .maxExpressionCodePointSize(LONGEST)
                .maxParseRecursionDepth(DEEPEST)
                .enableHeterogeneousNumericComparisons(true)
                .evaluateCanonicalTypesToNativeValues(true)
                .build();
        var building = CelCompilerFactory.standardCelCompilerBuilder().setOptions(options).setTypeProvider(new CelTypes())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS).setResultType(SimpleType.BOOL);
        CelTypes.all().forEach(building::addVar);
        compiler = building.build();
        runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(options).setStandardEnvironmentEnabled(false)
                .setStandardFunctions(CelDecimals.others()).addFunctionBindings(CelDecimals.bindings()).build();
    }

    /** What is wrong with an expression, and where in it; line and column count from 1. */
    record Mistake(int line, int column, String what) {
    }

    /** An expression that cannot be used. */
    static final class Mistakes extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<Mistake> all;

        Mistakes(List<Mistake> all) {
            super(all.size() + " mistakes in an expression");
            this.all = List.copyOf(all);
        }

        List<Mistake> all() {
            return all;
        }
    }

    Condition compile(String expression) throws Mistakes {
        CelAbstractSyntaxTree tree = check(expression);
        CelReferences references = CelReferences.of(tree);
        if (!references.mistakes().isEmpty()) {
            throw new Mistakes(references.mistakes());
        }
        return new Condition(expression, references.vitals(), references.aged(), references.ageMillis(), references.doubtful(), references.predictive(),
                test(program(tree), references.vitals()));
    }

    private CelAbstractSyntaxTree check(String expression) throws Mistakes {
        CelValidationResult result = compiler.compile(expression);
        if (result.hasError()) {
            throw new Mistakes(result.getErrors().stream().map(CelConditions::mistake).toList());
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("an expression without errors has no tree", e);
        }
    }

    private static Mistake mistake(CelIssue issue) {
        String what = issue.getMessage().replaceAll("\\s+", " ");
        String hint = what.contains("no matching overload") && what.contains("double") && what.contains("int")
                ? "; write numbers with a decimal point, such as 90.0" : "";
        return new Mistake(Math.max(1, issue.getSourceLocation().getLine()), Math.max(0, issue.getSourceLocation().getColumn()) + 1, what + hint);
    }

    private CelRuntime.Program program(CelAbstractSyntaxTree tree) {
        try {
            return runtime.createProgram(tree);
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("a checked expression gives no program", e);
        }
    }

    private static Test test(CelRuntime.Program program, Set<Vital> vitals) {
        return view -> {
            try {
                return Boolean.TRUE.equals(program.eval(new CelView(view, vitals))) ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD;
            } catch (CelEvaluationException e) {
                return outcome(e);
            }
        };
    }

    /** Something absent is no mistake of the rule. The exception itself goes nowhere: its text may hold measured values. */
    private static Outcome outcome(CelEvaluationException e) {
        return switch (e.getErrorCode()) {
            case ATTRIBUTE_NOT_FOUND -> Outcome.UNKNOWN;
            case DIVIDE_BY_ZERO -> new Outcome.Failed(Problem.DIVISION_BY_ZERO);
            case NUMERIC_OVERFLOW -> new Outcome.Failed(Problem.OVERFLOW);
            case ITERATION_BUDGET_EXCEEDED -> new Outcome.Failed(Problem.TOO_MUCH_WORK);
            case INTERNAL_ERROR -> new Outcome.Failed(ofDecimals(e));
            default -> new Outcome.Failed(Problem.BAD_VALUE);
        };
    }

    /** The decimal operators are functions of our own, whose errors the language wraps. */
    private static Problem ofDecimals(CelEvaluationException e) {
        if (e.getCause() instanceof CelDecimals.TooLarge) {
            return Problem.OVERFLOW;
        }
        return e.getCause() instanceof ArithmeticException ? Problem.DIVISION_BY_ZERO : Problem.BAD_VALUE;
    }
}
