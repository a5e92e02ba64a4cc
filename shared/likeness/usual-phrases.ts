/**
 * What everybody has to say alike, in every meeting: formulas of opening, declaration and closing, and set expressions. The
 * office adds the phrases of a year, and the study list, to the reference library.
 */
export const usualPhrases: readonly string[] = [
  // Opening and closing
  '根据会议安排，现将本人对照检查情况报告如下',
  '按照局党组安排，现对照检查如下',
  '上一年度民主生活会查摆的问题已整改完成',
  '上一年度查摆的3个问题已整改完成',
  '以上是我的对照检查，不妥之处，请同志们批评指正',
  '我的检查不妥之处，请同志们批评帮助',
  '以上检查，请同志们批评指正',
  // Declarations
  '本人家庭房产、配偶子女从业等个人有关事项没有变化，已如实填报',
  '本人个人有关事项没有变化，已按规定报告',
  '本人个人有关事项已按规定如实向组织报告',
  '没有需要补充说明的事项',
  '无需要补充说明的事项',
  // Set expressions
  '习近平新时代中国特色社会主义思想',
  '习近平总书记重要讲话和重要指示批示精神',
  '深刻领悟“两个确立”的决定性意义',
  '增强“四个意识”、坚定“四个自信”、做到“两个维护”',
  '党中央决策部署',
  '党组理论学习中心组学习',
  '中央八项规定及其实施细则精神',
  '严守党的政治纪律和政治规矩',
  '履行全面从严治党主体责任和监督责任',
  '落实“一岗双责”',
  '坚决反对形式主义、官僚主义',
  '开展批评和自我批评',
  '以人民为中心的发展思想',
  '全心全意为人民服务的根本宗旨',
  '树立正确政绩观',
];
