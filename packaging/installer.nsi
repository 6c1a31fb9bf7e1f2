; A setup program for one Windows user, without administrator's rights.
; Run from the root: makensis -DVERSION=0.1.0 packaging/installer.nsi
; dist\pressmark must come from PyInstaller on Windows; makensis itself runs anywhere.
Unicode true
!include "MUI2.nsh"
!ifndef VERSION
  !define VERSION "0.0.0"
!endif
!ifndef DIST
  !define DIST "..\dist\pressmark"
!endif
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Pressmark"

Name "Pressmark ${VERSION}"
OutFile "..\dist\pressmark-${VERSION}-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\Pressmark"
RequestExecutionLevel user
SetCompressor /SOLID lzma
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Section "Pressmark"
  ; a file that an older version left behind must not be loaded by this one
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${DIST}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Pressmark.lnk" "$INSTDIR\pressmark.exe"
  WriteRegStr HKCU "Software\Classes\.pressmark" "" "Pressmark.Project"
  WriteRegStr HKCU "Software\Classes\Pressmark.Project" "" "Pressmark project"
  WriteRegStr HKCU "Software\Classes\Pressmark.Project\shell\open\command" "" '"$INSTDIR\pressmark.exe" open "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Pressmark ${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
SectionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\Pressmark.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\pressmark.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "Software\Classes\.pressmark"
  DeleteRegKey HKCU "Software\Classes\Pressmark.Project"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
