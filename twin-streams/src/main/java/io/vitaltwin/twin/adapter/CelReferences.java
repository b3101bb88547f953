package io.vitaltwin.twin.adapter;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.RuntimeHelpers;
import io.vitaltwin.twin.adapter.CelConditions.Mistake;
import io.vitaltwin.twin.core.Vital;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an expression looks at.
 *
 * @param aged vitals whose age it looks at
 * @param ageMillis each span of time in an expression that looks at an age, rising
 * @param doubtful it looks at the quality of readings
 * @param predictive it looks at a forecast
 */
record CelReferences(
        Set<Vital> vitals, Set<Vital> aged, List<Long> ageMillis, boolean doubtful, boolean predictive, List<Mistake> mistakes) {

    private static final String DURATION = "duration";

    static CelReferences of(CelAbstractSyntaxTree tree) {
        return new Walk(tree).references();
    }

    private static final class Walk {

        private final CelAbstractSyntaxTree tree;
        private final Set<Vital> vitals = EnumSet.noneOf(Vital.class);
        private final Set<Vital> aged = EnumSet.noneOf(Vital.class);
        private final Set<Long> spans = new TreeSet<>();
        private final List<Mistake> mistakes = new ArrayList<>();
        private boolean doubtful;
        private boolean predictive;

        Walk(CelAbstractSyntaxTree tree) {
            this.tree = tree;
        }

        CelReferences references() {
            CelNavigableAst.fromAst(tree).getRoot().allNodes().forEach(this::visit);
            if (vitals.isEmpty() && mistakes.isEmpty()) {
                mistakes.add(new Mistake(1, 1, "the expression looks at no vital: name one, such as latest.heart_rate.value"));
            }
            if (!aged.isEmpty() && spans.isEmpty()) {
                mistakes.add(new Mistake(1, 1, "an age must be compared with a span of time, such as duration('10m')"));
            }
            return new CelReferences(vitals, aged, aged.isEmpty() ? List.of() : List.copyOf(spans), doubtful, predictive, mistakes);
        }

        private void visit(CelNavigableExpr node) {
            CelExpr expr = node.expr();
            switch (expr.getKind()) {
                case SELECT -> select(expr);
                case IDENT -> ident(node);
                case CALL -> call(expr);
                case CONSTANT -> constant(expr);
                default -> { }
            }
        }

        private void select(CelExpr expr) {
            CelExpr operand = expr.select().operand();
            if (operand.getKind() == Kind.IDENT && CelTypes.isByVital(operand.ident().name())) {
                Vital.of(expr.select().field()).ifPresent(vital -> {
                    vitals.add(vital);
                    switch (operand.ident().name()) {
                        case CelTypes.AGE -> aged.add(vital);
                        case CelTypes.QUALITY -> doubtful = true;
                        case CelTypes.FORECAST -> predictive = true;
                        default -> { }
                    }
                });
            }
        }

        /** A variable as a whole would hide which vitals the rule rests on. */
        private void ident(CelNavigableExpr node) {
            String name = node.expr().ident().name();
            boolean selected = node.parent().filter(parent -> parent.expr().getKind() == Kind.SELECT).isPresent();
            if (CelTypes.isByVital(name) && !selected) {
                mistake(node.expr(), "name a vital: " + name + " alone says nothing, " + name + (name.equals(CelTypes.FORECAST) ? ".glucose_interstitial does" : ".heart_rate does"));
            }
        }

        private void call(CelExpr expr) {
            if (!expr.call().function().equals(DURATION) || expr.call().args().size() != 1) {
                return;
            }
            CelExpr text = expr.call().args().getFirst();
            if (text.getKind() != Kind.CONSTANT || text.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
                mistake(expr, "a span of time must be written out, such as duration('10m')");
                return;
            }
            try {
                var span = RuntimeHelpers.createDurationFromString(text.constant().stringValue());
                spans.add(Math.addExact(Math.multiplyExact(span.getSeconds(), 1000L), span.getNanos() / 1_000_000));
            } catch (IllegalArgumentException | ArithmeticException e) {
                mistake(text, "this is no span of time: write one such as '90s', '10m' or '12h'");
            }
        }

        private void constant(CelExpr expr) {
            if (expr.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE && !Double.isFinite(expr.constant().doubleValue())) {
                mistake(expr, "the number is too large");
            }
        }

        private void mistake(CelExpr expr, String what) {
            Integer position = tree.getSource().getPositionsMap().get(expr.id());
            var place = position == null ? null : tree.getSource().getOffsetLocation(position).orElse(null);
            mistakes.add(place == null ? new Mistake(1, 1, what) : new Mistake(place.getLine(), place.getColumn() + 1, what));
        }
    }
}
