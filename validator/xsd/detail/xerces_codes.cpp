// SPDX-License-Identifier: Apache-2.0
#include "validator/xsd/detail/xerces_codes.hpp"

#include <algorithm>

namespace amparo::xsd {
namespace {

using enum CodeUse;

// clang-format off

// Of framework/XMLValidityCodes.hpp. Rule names: XML Schema 1.0 Part 1, appendix C.
constexpr CodeEntry kValidity[] = {
    {2, "cvc-elt.1", "cvc-elt.1", Tag, "element"},  // ElementNotDefined
    {3, "cvc-complex-type.3.2.2", "cvc-complex-type.3.2.2", Tag, "attribute"},  // AttNotDefined
    {4, "xml-dtd", "xml-dtd", Impossible, ""},  // NotationNotDeclared
    {5, "xml-dtd", "xml-dtd", Impossible, ""},  // RootElemNotLikeDocType
    {6, "cvc-complex-type.4", "cvc-complex-type.4", Tag, "attribute"},  // RequiredAttrNotProvided
    {7, "cvc-complex-type.2.4.a", "cvc-complex-type.2.4.a", Content, "child"},
    {8, "xml-dtd", "xml-dtd", Impossible, ""},  // BadIDAttrDefType
    {9, "cvc-attribute.3", "cvc-attribute.3", Tag, ""},  // InvalidEmptyAttValue
    {10, "xml-dtd", "xml-dtd", Impossible, ""},  // ElementAlreadyExists
    {11, "xml-dtd", "xml-dtd", Impossible, ""},  // MultipleIdAttrs
    {12, "cvc-id.2", "cvc-id.2", Value, ""},  // ReusedIDValue
    {13, "cvc-id.1", "cvc-id.1", Identity, ""},  // IDNotDeclared
    {14, "cvc-datatype-valid.1.2.1", "cvc-attribute.3", Tag, "attribute"},  // UnknownNotRefAttr
    {15, "xml-dtd", "xml-dtd", Impossible, ""},  // UndeclaredElemInDocType
    {16, "cvc-complex-type.2.4.b", "cvc-complex-type.2.4.b", Content, ""},
    {17, "cvc-complex-type.3.2.2", "cvc-complex-type.3.2.2", Tag, "attribute,element"},
    {18, "cvc-datatype-valid.1.2.1", "cvc-attribute.3", Tag, ""},  // BadEntityRefAttr
    {19, "cvc-datatype-valid.1.2.1", "cvc-attribute.3", Tag, "attribute"},  // UnknownEntityRefAttr
    {20, "cvc-datatype-valid.1.2.1", "cvc-attribute.3", Tag, ""},  // ColonNotValidWithNS
    {21, "cvc-complex-type.2.4.b", "cvc-complex-type.2.4.b", Content, ""},  // NotEnoughElemsForCM
    {22, "cvc-complex-type.2.3", "cvc-complex-type.2.3", Element, ""},  // NoCharDataInCM
    {23, "cvc-enumeration-valid", "cvc-attribute.3", Tag, ""},  // DoesNotMatchEnumList
    {24, "cvc-datatype-valid.1.2.1", "cvc-attribute.3", Tag, ""},  // AttrValNotName
    {25, "cvc-datatype-valid.1.2.1", "cvc-attribute.3", Tag, "attribute"},  // NoMultipleValues
    {26, "cvc-attribute.4", "cvc-attribute.4", Tag, "attribute"},  // NotSameAsFixedValue
    {27, "xml-dtd", "xml-dtd", Impossible, ""},  // RepElemInMixed
    {28, "engine-fault", "engine-fault", Impossible, ""},  // FeatureUnsupported
    {29, "s4s-elt-must-match", "schema-content", Schema, ""},  // GroupContentRestricted
    {30, "src-resolve", "schema-resolve", Schema, "name"},  // UnknownBaseDatatype
    {31, "s4s-elt-must-match", "schema-content", Schema, ""},  // NoContentForRef
    {32, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DatatypeError
    {33, "cvc-complex-type.3.2.2", "cvc-complex-type.3.2.2", Tag, "attribute"},
    {34, "xml-dtd", "xml-dtd", Impossible, ""},  // IllegalXMLSpace
    {35, "cvc-elt.1", "cvc-elt.1-namespace", Tag, ""},  // WrongTargetNamespace
    {36, "cvc-type.3.1.2", "cvc-type.3.1.2", Element, "element"},  // SimpleTypeHasChild
    {37, "cvc-type.1", "cvc-type.1", Element, "element"},  // NoDatatypeValidatorForSimpleType
    {38, "cvc-elt.1", "cvc-elt.1-namespace", Tag, ""},  // GrammarNotFound
    {39, "engine-fault", "engine-fault", Impossible, ""},  // DisplayErrorMessage
    {40, "cvc-elt.3.1", "cvc-elt.3.1", Tag, "element"},  // NillNotAllowed
    {41, "cvc-elt.3.2.1", "cvc-elt.3.2.1", Element, "element"},  // NilAttrNotEmpty
    {42, "cvc-elt.5.2.2.2", "cvc-elt.5.2.2.2", Value, "element"},  // FixedDifferentFromActual
    {43, "cvc-attribute.1", "cvc-attribute.1", Tag, "attribute"},
    {44, "engine-fault", "engine-fault", Impossible, ""},  // GenericError
    {45, "cvc-complex-type.2.4.a", "cvc-element-qualified", Tag, "element"},  // ElementNotQualified
    {46, "cvc-complex-type.2.4.a", "cvc-element-unqualified", Tag, "element"},
    {47, "xml-dtd", "xml-dtd", Impossible, ""},  // VC_IllegalRefInStandalone
    {48, "xml-dtd", "xml-dtd", Impossible, ""},  // NoDefAttForStandalone
    {49, "xml-dtd", "xml-dtd", Impossible, ""},  // NoAttNormForStandalone
    {50, "xml-dtd", "xml-dtd", Impossible, ""},  // NoWSForStandalone
    {51, "xml-dtd", "xml-dtd", Impossible, ""},  // VC_EntityNotFound
    {52, "xml-dtd", "xml-dtd", Impossible, ""},  // PartialMarkupInPE
    {53, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DatatypeValidationFailure
    {54, "cos-nonambig", "cos-nonambig", Schema, "type,first,second"},
    {55, "cvc-type.2", "cvc-type.2", Tag, "type"},  // NoAbstractInXsiType
    {56, "cvc-elt.2", "cvc-elt.2", Tag, "element"},  // NoDirectUseAbstractElement
    {57, "cvc-type.2", "cvc-type.2-element", Tag, "element"},  // NoUseAbstractType
    {58, "cvc-elt.4.2", "cvc-elt.4.2", Tag, ""},  // BadXsiType
    {59, "cvc-elt.4.3", "cvc-elt.4.3", Tag, ""},  // NonDerivedXsiType
    {60, "cvc-elt.4.3", "cvc-substitution", Tag, "element"},  // ElemNoSubforBlock
    {61, "cvc-elt.4.3", "cvc-substitution-type", Tag, "type"},  // TypeNoSubforBlock
    {62, "cvc-complex-type.3.2.2", "cvc-attribute-qualified", Tag, "attribute"},
    {63, "cvc-complex-type.3.2.2", "cvc-attribute-unqualified", Tag, "attribute"},
    {64, "cvc-identity-constraint.3", "cvc-identity-constraint.3", Identity, ""},
    {65, "cvc-identity-constraint.3", "cvc-identity-constraint.3", Identity, ""},
    {66, "cvc-identity-constraint.4.2.1", "cvc-identity-constraint.4.2.1", Identity, "element"},
    {67, "cvc-identity-constraint.4.2.1", "cvc-identity-constraint.4.2.1", Identity, "element,key"},
    {68, "cvc-identity-constraint.4.2.3", "cvc-identity-constraint.4.2.3", Identity, "element"},
    {69, "cvc-identity-constraint.4.1", "cvc-identity-constraint.4.1", Identity, "element"},
    {70, "cvc-identity-constraint.4.2.2", "cvc-identity-constraint.4.2.2", Identity, "element"},
    {71, "cvc-identity-constraint.4.3", "cvc-identity-constraint.4.3", Identity, ""},
    {72, "cvc-identity-constraint.4.3", "cvc-identity-constraint.4.3", Identity, ""},
    {73, "s4s-elt-character", "schema-text", Schema, ""},  // NonWSContent
    {74, "xml-dtd", "xml-dtd", Impossible, ""},  // EmptyElemNotationAttr
    {75, "xml-dtd", "xml-dtd", Impossible, ""},  // EmptyElemHasContent
    {76, "xml-dtd", "xml-dtd", Impossible, ""},  // ElemOneNotationAttr
    {77, "cvc-datatype-valid.1.2.1", "cvc-attribute.3", Tag, "attribute"},  // AttrDupToken
    {78, "xml-dtd", "xml-dtd", Impossible, ""},  // ElemChildrenHasInvalidWS
    {81, "xml-dtd", "xml-dtd", Impossible, ""},  // W_HighBounds
};

// Of framework/XMLErrorCodes.hpp. Documents: the constraints of XML 1.0 (wfc-), its productions
// (wf-) and Namespaces in XML (nsc-). Schemas: appendix C.
constexpr CodeEntry kMarkup[] = {
    {2, "xml-dtd", "xml-dtd", Impossible, ""},  // NotationAlreadyExists
    {3, "xml-dtd", "xml-dtd", Impossible, ""},  // AttListAlreadyExists
    {4, "wf-encoding", "wf-encoding", Markup, ""},  // ContradictoryEncoding
    {5, "xml-dtd", "xml-dtd", Impossible, ""},  // UndeclaredElemInCM
    {6, "xml-dtd", "xml-dtd", Impossible, ""},  // UndeclaredElemInAttList
    {7, "engine-fault", "engine-fault", Impossible, ""},  // XMLException_Warning
    {8, "xinclude", "xinclude", Impossible, ""},  // XIncludeResourceErrorWarning
    {9, "xinclude", "xinclude", Impossible, ""},  // XIncludeCannotOpenFile
    {10, "xinclude", "xinclude", Impossible, ""},  // XIncludeIncludeFailedResourceError
    {13, "s4s-elt-must-match", "schema-content", Schema, ""},  // FeatureUnsupported
    {14, "s4s-att-must-appear", "schema-name-missing", Schema, ""},  // TopLevelNoNameComplexType
    {15, "s4s-att-must-appear", "schema-name-missing", Schema, ""},  // TopLevelNoNameAttribute
    {16, "s4s-att-must-appear", "schema-name-missing", Schema, ""},  // NoNameRefAttribute
    {17, "s4s-att-must-appear", "schema-name-missing", Schema, ""},  // NoNameRefElement
    {18, "s4s-att-must-appear", "schema-name-missing", Schema, ""},  // NoNameRefGroup
    {19, "s4s-att-must-appear", "schema-name-missing", Schema, ""},  // NoNameRefAttGroup
    {20, "s4s-att-not-allowed", "schema-anonymous-name", Schema, "element"},
    {21, "s4s-att-not-allowed", "schema-anonymous-name", Schema, "element"},
    {22, "s4s-elt-must-match", "schema-content", Schema, ""},  // InvalidElementContent
    {23, "s4s-elt-must-match", "schema-content", Schema, ""},  // SimpleTypeContentError
    {24, "s4s-elt-must-match", "schema-content", Schema, ""},  // ExpectedSimpleTypeInList
    {25, "s4s-elt-must-match", "schema-content", Schema, ""},  // ListUnionRestrictionError
    {26, "s4s-elt-must-match", "schema-content", Schema, ""},  // SimpleTypeDerivationByListError
    {27, "s4s-elt-must-match", "schema-content", Schema, ""},  // ExpectedSimpleTypeInRestriction
    {28, "src-single-facet-value", "schema-facet-twice", Schema, "facet"},  // DuplicateFacet
    {29, "s4s-elt-must-match", "schema-content", Schema, ""},  // ExpectedSimpleTypeInUnion
    {30, "s4s-elt-must-match", "schema-content", Schema, ""},  // EmptySimpleTypeContent
    {31, "s4s-elt-must-match", "schema-content", Schema, ""},  // InvalidSimpleContent
    {32, "s4s-att-must-appear", "schema-attribute-missing", Schema, ""},  // UnspecifiedBase
    {33, "s4s-elt-must-match", "schema-content", Schema, ""},  // InvalidComplexContent
    {34, "s4s-elt-must-match", "schema-content", Schema, ""},  // SchemaElementContentError
    {35, "s4s-elt-must-match", "schema-content", Schema, ""},  // ContentError
    {36, "src-resolve", "schema-resolve", Schema, "name"},  // UnknownSimpleType
    {37, "src-resolve", "schema-resolve", Schema, "name"},  // UnknownComplexType
    {38, "src-qname", "schema-prefix", Schema, "prefix"},  // UnresolvedPrefix
    {39, "src-resolve", "schema-resolve", Schema, "name"},  // RefElementNotFound
    {40, "src-resolve", "schema-resolve", Schema, ",name"},  // TypeNotFound
    {41, "src-resolve", "schema-resolve", Schema, "name"},  // TopLevelAttributeNotFound
    {42, "s4s-elt-must-match", "schema-content", Schema, ""},  // InvalidChildInComplexType
    {43, "src-resolve", "schema-resolve", Schema, "name"},  // BaseTypeNotFound
    {44, "st-props-correct", "schema-type-wrong", Schema, "type"},
    {45, "s4s-elt-must-match", "schema-content", Schema, ""},  // InvalidChildFollowingSimpleContent
    {46, "s4s-elt-must-match", "schema-content", Schema, ""},
    {47, "src-element.1", "schema-fixed-and-default", Schema, "name"},
    {48, "src-attribute.2", "schema-default-required", Schema, "name"},
    {49, "sch-props-correct.2", "schema-twice", Schema, "name"},  // DuplicateAttribute
    {50, "src-element.3", "schema-two-types", Schema, "name"},  // AttributeWithTypeAndSimpleType
    {51, "src-resolve", "schema-resolve", Schema, ",name"},  // AttributeSimpleTypeNotFound
    {52, "src-element.1", "schema-fixed-and-default", Schema, "name"},
    {53, "s4s-att-invalid-value", "schema-name-wrong", Schema, ""},  // InvalidDeclarationName
    {54, "src-element.3", "schema-two-types", Schema, "name"},  // ElementWithTypeAndAnonType
    {55, "cos-valid-default", "schema-default-complex", Schema, "name"},  // NotSimpleOrMixedElement
    {56, "cos-st-restricts", "schema-derivation-forbidden", Schema, "type"},
    {57, "derivation-ok-restriction", "schema-derivation-wrong", Schema, ""},
    {58, "derivation-ok-restriction", "schema-derivation-wrong", Schema, ""},
    {59, "s4s-elt-must-match", "schema-content", Schema, ""},  // InvalidChildInSimpleContent
    {60, "s4s-elt-must-match", "schema-content", Schema, ""},  // InvalidChildInComplexContent
    {61, "s4s-elt-must-match", "schema-content", Schema, ""},  // AnnotationError
    {62, "cos-st-restricts", "schema-derivation-forbidden", Schema, "type"},
    {63, "s4s-att-invalid-value", "schema-value-wrong", Schema, ""},  // InvalidBlockValue
    {64, "s4s-att-invalid-value", "schema-value-wrong", Schema, ""},  // InvalidFinalValue
    {65, "e-props-correct", "schema-substitution", Schema, "element"},
    {66, "e-props-correct", "schema-substitution", Schema, "element"},
    {67, "sch-props-correct.2", "schema-twice", Schema, "name"},  // DuplicateElementDeclaration
    {68, "s4s-att-invalid-value", "schema-value-wrong", Schema, ""},  // InvalidAttValue
    {69, "src-attribute.3", "schema-ref-and-type", Schema, "name"},  // AttributeRefContentError
    {70, "sch-props-correct.2", "schema-twice", Schema, ",name"},  // DuplicateRefAttribute
    {71, "cos-st-restricts", "schema-derivation-forbidden", Schema, "type"},
    {72, "cos-st-restricts", "schema-derivation-forbidden", Schema, "type"},
    {73, "derivation-ok-restriction", "schema-derivation-wrong", Schema, ""},  // BaseNotComplexType
    {74, "src-import", "schema-namespace-differs", Schema, ""},  // ImportNamespaceDifference
    {75, "s4s-att-must-appear", "schema-attribute-missing", Schema, ""},
    {76, "src-import", "schema-namespace-differs", Schema, ""},  // IncludeNamespaceDifference
    {77, "s4s-elt-must-match", "schema-content", Schema, ""},  // OnlyAnnotationExpected
    {78, "s4s-elt-must-match", "schema-content", Schema, ""},  // InvalidAttributeContent
    {79, "s4s-att-must-appear", "schema-attribute-missing", Schema, ""},  // AttributeRequiredGlobal
    {80, "s4s-att-must-appear", "schema-attribute-missing", Schema, ""},  // AttributeRequiredLocal
    {81, "s4s-att-not-allowed", "schema-attribute-extra", Schema, "attribute"},
    {82, "s4s-att-not-allowed", "schema-attribute-extra", Schema, "attribute"},
    {83, "p-props-correct.2.1", "schema-occurs", Schema, ""},  // InvalidMin2MaxOccurs
    {84, "s4s-elt-must-match", "schema-content", Schema, ""},  // AnyAttributeContentError
    {85, "s4s-att-must-appear", "schema-name-missing", Schema, ""},  // NoNameGlobalElement
    {86, "st-props-correct.2", "schema-circular", Schema, "name"},  // NoCircularDefinition
    {87, "sch-props-correct.2", "schema-twice", Schema, ",name"},  // DuplicateGlobalType
    {88, "sch-props-correct.2", "schema-twice", Schema, ",name"},  // DuplicateGlobalDeclaration
    {89, "s4s-att-invalid-value", "schema-value-wrong", Schema, ""},  // WS_CollapseExpected
    {90, "src-import.1", "schema-import-own", Schema, ""},  // Import_1_1
    {91, "src-import.1", "schema-import-own", Schema, ""},  // Import_1_2
    {92, "cos-valid-default", "schema-id-default", Schema, "name"},  // ElemIDValueConstraint
    {93, "enumeration-required-notation", "schema-notation", Schema, "name"},  // NoNotationType
    {94, "cos-valid-default.2.2.2", "schema-default-complex", Schema, "name"},
    {95, "derivation-ok-restriction", "schema-derivation-wrong", Schema, ""},
    {96, "derivation-ok-restriction", "schema-derivation-wrong", Schema, ""},  // MixedOrElementOnly
    {97, "derivation-ok-restriction", "schema-derivation-wrong", Schema, ""},
    {98, "cos-st-restricts", "schema-derivation-forbidden", Schema, "type"},  // ForbiddenDerivation
    {99, "cos-list-of-atomic", "schema-list-item", Schema, ""},  // AtomicItemType
    {100, "s4s-elt-must-match", "schema-content", Schema, ""},  // GroupContentError
    {101, "s4s-elt-must-match", "schema-content", Schema, ""},  // AttGroupContentError
    {102, "mgd-props-correct", "schema-group-occurs", Schema, ""},  // MinMaxOnGroupChild
    {103, "src-resolve", "schema-resolve", Schema, ",,name"},  // DeclarationNotFound
    {104, "cos-all-limited", "schema-all", Schema, ""},  // AllContentLimited
    {105, "cos-all-limited", "schema-all", Schema, ""},  // BadMinMaxAllCT
    {106, "cos-all-limited", "schema-all", Schema, ""},  // BadMinMaxAllElem
    {107, "sch-props-correct.2", "schema-twice", Schema, "name"},  // DuplicateAttInDerivation
    {108, "src-ct.4", "schema-wildcard", Schema, ""},  // NotExpressibleWildCardIntersection
    {109, "derivation-ok-restriction", "schema-derivation-attribute", Schema, ""},
    {110, "derivation-ok-restriction", "schema-derivation-attribute", Schema, ""},
    {111, "derivation-ok-restriction", "schema-derivation-attribute", Schema, ""},
    {112, "derivation-ok-restriction", "schema-derivation-attribute", Schema, ""},
    {113, "derivation-ok-restriction", "schema-derivation-attribute", Schema, ""},
    {114, "derivation-ok-restriction", "schema-derivation-attribute", Schema, ""},
    {115, "derivation-ok-restriction", "schema-derivation-attribute", Schema, ""},
    {116, "derivation-ok-restriction", "schema-derivation-attribute", Schema, ""},
    {117, "derivation-ok-restriction", "schema-derivation-attribute", Schema, ""},
    {118, "s4s-elt-must-match", "schema-content", Schema, ""},  // AllContentError
    {119, "src-import", "schema-namespace-differs", Schema, ""},  // RedefineNamespaceDifference
    {120, "src-redefine", "schema-redefine", Schema, ""},  // Redefine_InvalidSimpleType
    {121, "src-redefine", "schema-redefine", Schema, ""},  // Redefine_InvalidSimpleTypeBase
    {122, "src-redefine", "schema-redefine", Schema, ""},  // Redefine_InvalidComplexType
    {123, "src-redefine", "schema-redefine", Schema, ""},  // Redefine_InvalidComplexTypeBase
    {124, "mgd-props-correct", "schema-group-occurs", Schema, ""},  // Redefine_InvalidGroupMinMax
    {125, "src-resolve", "schema-resolve", Schema, "name"},  // Redefine_DeclarationNotFound
    {126, "src-redefine", "schema-redefine", Schema, ""},  // Redefine_GroupRefCount
    {127, "src-redefine", "schema-redefine", Schema, ""},  // Redefine_AttGroupRefCount
    {128, "s4s-elt-must-match", "schema-content", Schema, ""},  // Redefine_InvalidChild
    {129, "src-resolve", "schema-resolve", Schema, ",name"},  // Notation_DeclNotFound
    {130, "sch-props-correct.2", "schema-twice", Schema, "name"},  // IC_DuplicateDecl
    {131, "s4s-elt-must-match", "schema-content", Schema, ""},  // IC_BadContent
    {132, "src-resolve", "schema-resolve", Schema, ",name"},  // IC_KeyRefReferNotFound
    {133, "c-props-correct.2", "schema-keyref-fields", Schema, ",key"},  // IC_KeyRefCardinality
    {134, "s4s-elt-must-match", "schema-content", Schema, ""},  // IC_XPathExprMissing
    {135, "au-props-correct.2", "schema-fixed-differs", Schema, "name"},  // AttUseCorrect
    {136, "cos-valid-default", "schema-id-default", Schema, "name"},  // AttDeclPropCorrect3
    {137, "sch-props-correct.2", "schema-twice", Schema, "name"},  // AttDeclPropCorrect5
    {138, "sch-props-correct.2", "schema-twice", Schema, "name"},  // AttGrpPropCorrect3
    {139, "s4s-att-invalid-value", "schema-value-wrong", Schema, ""},  // InvalidTargetNSValue
    {140, "engine-fault", "engine-fault", Impossible, ""},  // XMLException_Error
    {141, "src-redefine", "schema-redefine", Schema, ""},  // InvalidRedefine
    {142, "src-resolve.4", "schema-import-missing", Schema, "namespace"},  // InvalidNSReference
    {143, "cos-all-limited", "schema-all", Schema, ""},  // NotAllContent
    {144, "s4s-elt-must-match", "schema-content", Schema, ""},  // InvalidAnnotationContent
    {145, "s4s-elt-invalid", "schema-facet-unknown", Schema, "facet"},  // InvalidFacetName
    {146, "schema-root", "schema-root", Schema, ""},  // InvalidXMLSchemaRoot
    {147, "e-props-correct", "schema-substitution", Schema, "element"},  // CircularSubsGroup
    {148, "s4s-elt-schema-ns", "schema-foreign-element", Schema, "element"},  // ELTSchemaNS
    {149, "no-xsi", "schema-xsi", Schema, "name"},  // InvalidAttTNS
    {150, "nsc-reserved-prefixes", "nsc-reserved-prefixes", Markup, ""},  // NSDeclInvalid
    {151, "engine-fault", "engine-fault", Impossible, ""},  // DOMLevel1Node
    {152, "s4s-elt-must-match", "schema-content", Schema, ""},  // DuplicateAnyAttribute
    {153, "s4s-elt-must-match", "schema-content", Schema, ""},  // AnyAttributeBeforeAttribute
    {156, "xml-dtd", "xml-dtd", Impossible, ""},  // EntityExpansionLimitExceeded
    {157, "wf-markup", "wf-markup", Markup, ""},  // ExpectedCommentOrCDATA
    {158, "wf-attribute", "wf-attribute-name", Markup, ""},  // ExpectedAttrName
    {159, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedNotationName
    {160, "xml-dtd", "xml-dtd", Impossible, ""},  // NoRepInMixed
    {161, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedDefAttrDecl
    {162, "wf-attribute", "wf-attribute-value", Markup, ""},  // ExpectedEqSign
    {163, "wf-element-name", "wf-element-name", Markup, ""},  // ExpectedElementName
    {164, "wf-markup", "wf-markup", Markup, ""},  // CommentsMustStartWith
    {165, "wf-document", "wf-document", Markup, ""},  // InvalidDocumentStructure
    {166, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedDeclString
    {167, "wf-declaration", "wf-declaration", Markup, ""},  // BadXMLVersion
    {168, "wf-declaration", "wf-declaration", Markup, ""},  // UnsupportedXMLVersion
    {169, "wf-declaration", "wf-declaration", Markup, ""},  // UnterminatedXMLDecl
    {170, "wf-encoding", "wf-encoding", Markup, ""},  // BadXMLEncoding
    {171, "wf-declaration", "wf-declaration", Markup, ""},  // BadStandalone
    {172, "wf-comment", "wf-comment", Markup, ""},  // UnterminatedComment
    {173, "wf-pi", "wf-pi", Markup, ""},  // PINameExpected
    {174, "wf-pi", "wf-pi", Markup, ""},  // UnterminatedPI
    {175, "wfc-legal-character", "wf-character", Markup, ""},  // InvalidCharacter
    {176, "wf-start-tag", "wf-start-tag", Markup, "element"},  // UnterminatedStartTag
    {177, "wf-attribute", "wf-attribute-value", Markup, ""},  // ExpectedAttrValue
    {178, "wf-end-tag", "wf-end-tag", Markup, "element"},  // UnterminatedEndTag
    {179, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedAttributeType
    {180, "wfc-element-type-match", "wfc-element-type-match", Markup, "element"},
    {181, "wf-markup", "wf-markup", Markup, ""},  // ExpectedMarkup
    {182, "wf-document", "wf-document", Markup, ""},  // NotValidAfterContent
    {183, "wf-document", "wf-document", Markup, ""},  // ExpectedComment
    {184, "wf-document", "wf-document", Markup, ""},  // ExpectedCommentOrPI
    {185, "wf-space", "wf-space-missing", Markup, ""},  // ExpectedWhitespace
    {186, "xml-dtd", "xml-dtd", Impossible, ""},  // NoRootElemInDOCTYPE
    {187, "wf-attribute", "wf-attribute-value", Markup, ""},  // ExpectedQuotedString
    {188, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedPublicId
    {189, "xml-dtd", "xml-dtd", Impossible, ""},  // InvalidPublicIdChar
    {190, "xml-dtd", "xml-dtd", Impossible, ""},  // UnterminatedDOCTYPE
    {191, "xml-dtd", "xml-dtd", Impossible, ""},  // InvalidCharacterInIntSubset
    {192, "wf-space", "wf-space-wrong", Markup, ""},  // UnexpectedWhitespace
    {193, "xml-dtd", "xml-dtd", Impossible, ""},  // InvalidCharacterInAttrValue
    {194, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedMarkupDecl
    {195, "xml-dtd", "xml-dtd", Impossible, ""},  // TextDeclNotLegalHere
    {196, "xml-dtd", "xml-dtd", Impossible, ""},  // ConditionalSectInIntSubset
    {197, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedPEName
    {198, "xml-dtd", "xml-dtd", Impossible, ""},  // UnterminatedEntityDecl
    {199, "wf-character-reference", "wf-character-reference", Markup, ""},  // InvalidCharacterRef
    {200, "wf-character-reference", "wf-character-reference", Markup, ""},  // UnterminatedCharRef
    {201, "wf-entity-reference", "wf-entity-reference", Markup, ""},  // ExpectedEntityRefName
    {202, "wfc-entity-declared", "wfc-entity-declared", Markup, ""},  // EntityNotFound
    {203, "xml-dtd", "xml-dtd", Impossible, ""},  // NoUnparsedEntityRefs
    {204, "wf-entity-reference", "wf-entity-reference", Markup, ""},  // UnterminatedEntityRef
    {205, "xml-dtd", "xml-dtd", Impossible, ""},  // RecursiveEntity
    {206, "xml-dtd", "xml-dtd", Impossible, ""},  // PartialMarkupInEntity
    {207, "xml-dtd", "xml-dtd", Impossible, ""},  // UnterminatedElementDecl
    {208, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedContentSpecExpr
    {209, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedAsterisk
    {210, "xml-dtd", "xml-dtd", Impossible, ""},  // UnterminatedContentModel
    {211, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedSystemOrPublicId
    {212, "xml-dtd", "xml-dtd", Impossible, ""},  // UnterminatedNotationDecl
    {213, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedSeqChoiceLeaf
    {214, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedChoiceOrCloseParen
    {215, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedSeqOrCloseParen
    {216, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedEnumValue
    {217, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedEnumSepOrParen
    {218, "xml-dtd", "xml-dtd", Impossible, ""},  // UnterminatedEntityLiteral
    {219, "wfc-element-type-match", "wf-end-without-start", Markup, ""},  // MoreEndThanStartTags
    {220, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedOpenParen
    {221, "wfc-unique-attribute", "wfc-unique-attribute", Markup, "attribute,element"},
    {222, "wfc-no-lt-in-attribute", "wfc-no-lt-in-attribute", Markup, ""},  // BracketInAttrValue
    {223, "wfc-legal-character", "wf-character", Markup, ""},  // Expected2ndSurrogateChar
    {224, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedEndOfConditional
    {225, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedIncOrIgn
    {226, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedINCLUDEBracket
    {227, "xml-dtd", "xml-dtd", Impossible, ""},  // UnexpectedEOE
    {228, "xml-dtd", "xml-dtd", Impossible, ""},  // PEPropogated
    {229, "xml-dtd", "xml-dtd", Impossible, ""},  // ExtraCloseSquare
    {230, "xml-dtd", "xml-dtd", Impossible, ""},  // PERefInMarkupInIntSubset
    {231, "xml-dtd", "xml-dtd", Impossible, ""},  // EntityPropogated
    {232, "wf-character-reference", "wf-character-reference", Markup, ""},
    {233, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedOpenSquareBracket
    {234, "wf-text", "wf-text", Markup, ""},  // BadSequenceInCharData
    {235, "wf-comment", "wf-comment", Markup, ""},  // IllegalSequenceInComment
    {236, "wf-cdata", "wf-cdata", Markup, ""},  // UnterminatedCDATASection
    {237, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedNDATA
    {238, "xml-dtd", "xml-dtd", Impossible, ""},  // NDATANotValidForPE
    {239, "wf-character-reference", "wf-character-reference", Markup, ""},
    {240, "wf-declaration", "wf-declaration", Markup, ""},  // DeclStringRep
    {241, "wf-declaration", "wf-declaration", Markup, ""},  // DeclStringsInWrongOrder
    {242, "xml-dtd", "xml-dtd", Impossible, ""},  // NoExtRefsInAttValue
    {243, "wf-declaration", "wf-declaration", Markup, ""},  // XMLDeclMustBeLowerCase
    {244, "xml-dtd", "xml-dtd", Impossible, ""},  // ExpectedEntityValue
    {245, "wf-character-reference", "wf-character-reference", Markup, ""},  // BadDigitForRadix
    {246, "wf-ended", "wf-ended", Markup, "element"},  // EndedWithTagsOnStack
    {247, "wf-cdata", "wf-cdata", Markup, ""},  // NestedCDATA
    {248, "nsc-prefix-declared", "nsc-prefix-declared", Markup, "prefix"},  // UnknownPrefix
    {249, "xml-dtd", "xml-dtd", Impossible, ""},  // PartialTagMarkupError
    {250, "wf-document", "wf-no-root", Markup, ""},  // EmptyMainEntity
    {251, "wf-cdata", "wf-cdata", Markup, ""},  // CDATAOutsideOfContent
    {252, "wfc-legal-character", "wf-character", Markup, ""},  // Unexpected2ndSurrogateChar
    {253, "wf-pi", "wf-pi", Markup, ""},  // NoPIStartsWithXML
    {254, "wf-declaration", "wf-declaration", Markup, ""},  // XMLDeclMustBeFirst
    {255, "wf-declaration", "wf-declaration", Markup, ""},  // XMLVersionRequired
    {256, "wf-declaration", "wf-declaration", Markup, ""},  // StandaloneNotLegal
    {257, "xml-dtd", "xml-dtd", Impossible, ""},  // EncodingRequired
    {258, "nsc-names", "nsc-names", Markup, ""},  // ColonNotLegalWithNS
    {259, "engine-fault", "engine-fault", Impossible, ""},  // XMLException_Fatal
    {260, "schema-location", "schema-location", Impossible, ""},  // BadSchemaLocation
    {261, "schema-root", "schema-root", Schema, ""},  // SchemaScanFatalError
    {262, "xml-dtd", "xml-dtd", Impossible, ""},  // IllegalRefInStandalone
    {263, "xml-dtd", "xml-dtd", Impossible, ""},  // PEBetweenDecl
    {264, "nsc-no-prefix-undeclaring", "nsc-no-prefix-undeclaring", Markup, ""},
    {265, "nsc-reserved-prefixes", "nsc-reserved-prefixes", Markup, ""},  // NoUseOfxmlnsAsPrefix
    {266, "nsc-reserved-prefixes", "nsc-reserved-prefixes", Markup, ""},  // NoUseOfxmlnsURI
    {267, "nsc-reserved-prefixes", "nsc-reserved-prefixes", Markup, ""},  // PrefixXMLNotMatchXMLURI
    {268, "nsc-reserved-prefixes", "nsc-reserved-prefixes", Markup, ""},  // XMLURINotMatchXMLPrefix
    {269, "nsc-reserved-prefixes", "nsc-reserved-prefixes", Markup, ""},  // NoXMLNSAsElementPrefix
    {270, "s4s-elt-must-match", "schema-content", Schema, ""},  // CT_SimpleTypeChildRequired
    {271, "xml-dtd", "xml-dtd", Impossible, ""},  // InvalidRootElemInDOCTYPE
    {272, "wf-element-name", "wf-element-name", Markup, ""},  // InvalidElementName
    {273, "wf-attribute", "wf-attribute-name", Markup, ""},  // InvalidAttrName
    {274, "wf-entity-reference", "wf-entity-reference", Markup, ""},  // InvalidEntityRefName
    {275, "xml-dtd", "xml-dtd", Impossible, ""},  // DuplicateDocTypeDecl
    {276, "xinclude", "xinclude", Impossible, ""},  // XIncludeOrphanFallback
    {277, "xinclude", "xinclude", Impossible, ""},  // XIncludeNoHref
    {278, "xinclude", "xinclude", Impossible, ""},  // XIncludeXPointerNotSupported
    {279, "xinclude", "xinclude", Impossible, ""},  // XIncludeInvalidParseVal
    {280, "xinclude", "xinclude", Impossible, ""},  // XIncludeMultipleFallbackElems
    {281, "xinclude", "xinclude", Impossible, ""},  // XIncludeIncludeFailedNoFallback
    {282, "xinclude", "xinclude", Impossible, ""},  // XIncludeCircularInclusionLoop
    {283, "xinclude", "xinclude", Impossible, ""},  // XIncludeCircularInclusionDocIncludesSelf
    {284, "xinclude", "xinclude", Impossible, ""},  // XIncludeDisallowedChild
    {285, "xinclude", "xinclude", Impossible, ""},  // XIncludeConflictingNotation
    {286, "xinclude", "xinclude", Impossible, ""},  // XIncludeConflictingEntity
};

// Of util/XMLExceptMsgs.hpp: what says that a value is not of its type, or that the
// document breaks off. All others are faults of the
// engine or of the schema.
constexpr CodeEntry kException[] = {
    {43, "wf-ended", "wf-ended-in-markup", Markup, ""},  // Gen_UnexpectedEOF
    {210, "cvc-pattern-valid", "cvc-pattern-valid", Value, ""},  // VALUE_NotMatch_Pattern
    {211, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_Not_Base64
    {212, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_Not_HexBin
    {213, "cvc-maxLength-valid", "cvc-maxLength-valid", Value, ""},  // VALUE_GT_maxLen
    {214, "cvc-minLength-valid", "cvc-minLength-valid", Value, ""},  // VALUE_LT_minLen
    {215, "cvc-length-valid", "cvc-length-valid", Value, ""},  // VALUE_NE_Len
    {216, "cvc-enumeration-valid", "cvc-enumeration-valid", Value, ""},  // VALUE_NotIn_Enumeration
    {217, "cvc-totalDigits-valid", "cvc-totalDigits-valid", Value, ""},  // VALUE_exceed_totalDigit
    {218, "cvc-fractionDigits-valid", "cvc-fractionDigits-valid", Value, ""},
    {219, "cvc-maxInclusive-valid", "cvc-maxInclusive-valid", Value, ""},  // VALUE_exceed_maxIncl
    {220, "cvc-maxExclusive-valid", "cvc-maxExclusive-valid", Value, ""},  // VALUE_exceed_maxExcl
    {221, "cvc-minInclusive-valid", "cvc-minInclusive-valid", Value, ""},  // VALUE_exceed_minIncl
    {222, "cvc-minExclusive-valid", "cvc-minExclusive-valid", Value, ""},  // VALUE_exceed_minExcl
    {223, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_WS_replaced
    {224, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_WS_collapsed
    {225, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_Invalid_NCName
    {226, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_Invalid_Name
    {227, "cvc-id.2", "cvc-id.2", Value, ""},  // VALUE_ID_Not_Unique
    {228, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_ENTITY_Invalid
    {229, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_QName_Invalid
    {230, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_NOTATION_Invalid
    {231, "cvc-datatype-valid.1.2.3", "cvc-datatype-valid.1.2.3", Value, ""},
    {232, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_URI_Malformed
    {233, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // XMLNUM_emptyString
    {234, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // XMLNUM_WSString
    {235, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // XMLNUM_2ManyDecPoint
    {236, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // XMLNUM_Inv_chars
    {237, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // XMLNUM_null_ptr
    {238, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {239, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {240, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {241, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {242, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {243, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {244, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // XMLNUM_URI_No_Scheme
    {245, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // XMLNUM_URI_NullHost
    {246, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // XMLNUM_URI_NullPath
    {247, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {248, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {287, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_dt_invalid
    {288, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_dt_missingT
    {289, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_gDay_invalid
    {290, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_gMth_invalid
    {291, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_gMthDay_invalid
    {292, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_dur_invalid
    {293, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_dur_Start_dashP
    {294, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_dur_noP
    {295, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {296, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_dur_inv_b4T
    {297, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {298, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {299, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_dur_inv_seconds
    {300, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_date_incomplete
    {301, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_date_invalid
    {302, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_time_incomplete
    {303, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_time_invalid
    {304, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_ms_noDigit
    {305, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_ym_incomplete
    {306, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_ym_invalid
    {307, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_year_invalid
    {308, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_year_tooShort
    {309, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},
    {310, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_ym_noMonth
    {311, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_tz_noUTCsign
    {312, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_tz_stuffAfterZ
    {313, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_tz_invalid
    {314, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_year_zero
    {315, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_mth_invalid
    {316, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_day_invalid
    {317, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_hour_invalid
    {318, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_min_invalid
    {319, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_second_invalid
    {320, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // DateTime_tz_hh_invalid
    {365, "cvc-datatype-valid.1.2.1", "cvc-datatype-valid", Value, ""},  // VALUE_QName_Invalid2
};

// clang-format on

constexpr CodeEntry kFault{0, "engine-fault", "engine-fault", Impossible, ""};

}  // namespace

std::span<const CodeEntry> entries(CodeDomain domain) {
  switch (domain) {
    case CodeDomain::Validity:
      return kValidity;
    case CodeDomain::Markup:
      return kMarkup;
    case CodeDomain::Exception:
      return kException;
  }
  return {};
}

const CodeEntry& entry(CodeDomain domain, unsigned code) {
  const auto all = entries(domain);
  const auto found = std::lower_bound(
      all.begin(), all.end(), code, [](const CodeEntry& e, unsigned c) { return e.code < c; });
  return found != all.end() && found->code == code ? *found : kFault;
}

}  // namespace amparo::xsd
